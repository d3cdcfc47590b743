#include "control/openapi.h"

#include <algorithm>
#include <string>

#include "control/handlers.h"
#include "control/route.h"
#include "text/ascii.h"

namespace pail::control {
namespace {

const char* type_name(Field::Type type) {
  switch (type) {
    case Field::Type::kString:
      return "string";
    case Field::Type::kNumber:
      return "number";
    case Field::Type::kInteger:
      return "integer";
    case Field::Type::kBoolean:
      break;
  }
  return "boolean";
}

Json schema_of(const Field& field) {
  Json schema;
  schema["type"] = type_name(field.type);
  return schema;
}

Json parameters_of(const Route& route) {
  Json parameters = Json::array();
  for (const std::string_view part : text::split(route.path, '/')) {
    if (!part.starts_with('{')) continue;
    Json parameter;
    parameter["name"] = part.substr(1, part.size() - 2);
    parameter["in"] = "path";
    parameter["required"] = true;
    parameter["schema"]["type"] = "string";
    parameters.push_back(std::move(parameter));
  }
  for (const Field& field : route.fields) {
    if (field.place != Field::Place::kQuery) continue;
    Json parameter;
    parameter["name"] = field.name;
    parameter["in"] = "query";
    parameter["description"] = field.meaning;
    parameter["schema"] = schema_of(field);
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

/// Null if the route takes no body.
Json body_of(const Route& route) {
  Json properties;
  for (const Field& field : route.fields) {
    if (field.place != Field::Place::kBody) continue;
    Json property = schema_of(field);
    property["description"] = field.meaning;
    properties[std::string(field.name)] = std::move(property);
  }
  if (properties.is_null()) return nullptr;
  Json schema;
  schema["type"] = "object";
  schema["additionalProperties"] = false;
  schema["properties"] = std::move(properties);
  Json body;
  body["content"]["application/json"]["schema"] = std::move(schema);
  return body;
}

Json describe(const Route& route) {
  Json operation;
  operation["operationId"] = route.id;
  operation["summary"] = route.summary;
  if (route.is_open) operation["security"] = Json::array();
  operation["parameters"] = parameters_of(route);
  if (Json body = body_of(route); !body.is_null()) operation["requestBody"] = std::move(body);
  operation["responses"]["2XX"]["description"] = "It was done.";
  operation["responses"]["4XX"]["$ref"] = "#/components/responses/Refusal";
  return operation;
}

Json components() {
  Json components;
  components["securitySchemes"]["token"] = {{"type", "http"}, {"scheme", "bearer"}};
  Json refusal;
  refusal["description"] = "It was not done; why, and what to do instead.";
  Json& schema = refusal["content"]["application/json"]["schema"];
  schema["type"] = "object";
  schema["required"] = {"error"};
  schema["properties"]["error"]["type"] = "string";
  components["responses"]["Refusal"] = std::move(refusal);
  return components;
}

}  // namespace

Json openapi_document() {
  Json document;
  document["openapi"] = "3.1.0";
  document["info"]["title"] = "pail control interface";
  document["info"]["description"] =
      "The testing powers of a pail server. Every call but health and ready needs the control "
      "token; web pages of another origin are turned away.";
  document["info"]["version"] = "1";
  document["servers"] = Json::array({{{"url", "http://127.0.0.1:9000/_pail"}}});
  document["security"] = Json::array({{{"token", Json::array()}}});
  for (const Route& route : routes()) {
    document["paths"][std::string(route.path)][text::to_lower(route.method)] = describe(route);
  }
  document["components"] = components();
  return document;
}

Task<Answer<Reply>> show_openapi(Powers&, const Call&) { co_return json_reply(openapi_document()); }

}  // namespace pail::control
