#include "service/error_response.h"

#include "xml/writer.h"

namespace pail::service {
namespace {

std::string error_document(const S3Error& error, const RequestIds& ids) {
  std::string document;
  xml::XmlWriter xml(document);
  xml.declaration();
  xml.open("Error");
  xml.element("Code", error_name(error.code));
  xml.element("Message", error.message);
  for (const S3Error::Field& field : error.fields) xml.element(field.name, field.value);
  xml.element("RequestId", ids.request_id);
  xml.element("HostId", ids.host_id);
  xml.close("Error");
  return document;
}

}  // namespace

http::Response render_error(const S3Error& error, const RequestIds& ids, bool without_body) {
  http::Response response;
  response.status = error.status();
  for (const S3Error::Field& header : error.headers)
    response.headers.add(header.name, header.value);
  response.close_connection = error.closes_connection;
  if (response.status == 304) return response;
  response.headers.add("Content-Type", "application/xml");
  if (!without_body) response.body = error_document(error, ids);
  return response;
}

}  // namespace pail::service
