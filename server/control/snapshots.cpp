#include <string_view>

#include "control/handlers.h"
#include "error/try.h"
#include "text/decimal.h"
#include "time/date.h"

namespace pail::control {
namespace {

constexpr std::uint64_t kDifferencesShown = 1000;
constexpr std::size_t kNameMost = 64;

Refusal to_refusal(const store::StoreError& error, const std::string& name) {
  if (error.kind == store::StoreErrorKind::kNoSuchSnapshot) {
    return {404, "there is no snapshot '" + name + "'"};
  }
  return {500, "the store can not do it: " + error.detail};
}

std::string_view kind_name(store::Difference::Kind kind) {
  switch (kind) {
    case store::Difference::Kind::kAdded:
      return "added";
    case store::Difference::Kind::kRemoved:
      return "removed";
    case store::Difference::Kind::kChanged:
      break;
  }
  return "changed";
}

}  // namespace

Task<Answer<Reply>> list_snapshots(Powers& powers, const Call& call) {
  PAIL_CO_TRY(const auto space, ChosenSpace::of(powers, call));
  const auto snapshots = space->store().list_snapshots();
  if (!snapshots) co_return Unexpected{to_refusal(snapshots.error(), "")};
  Json json;
  json["snapshots"] = Json::array();
  for (const store::Snapshot& snapshot : *snapshots) {
    json["snapshots"].push_back(
        {{"name", snapshot.name}, {"created", time::format_iso8601(snapshot.created)}});
  }
  co_return json_reply(json);
}

Task<Answer<Reply>> save_snapshot(Powers& powers, const Call& call) {
  PAIL_CO_TRY(const auto space, ChosenSpace::of(powers, call));
  const std::string& name = call.names.at("snapshot");
  if (name.size() > kNameMost) co_return refuse(400, "a name has at most 64 bytes");
  const auto saved = co_await space->store().save_snapshot(name, space->clock().now());
  if (!saved) co_return Unexpected{to_refusal(saved.error(), name)};
  co_return Reply{204, "", ""};
}

Task<Answer<Reply>> restore_snapshot(Powers& powers, const Call& call) {
  PAIL_CO_TRY(const auto space, ChosenSpace::of(powers, call));
  const std::string& name = call.names.at("snapshot");
  const auto restored = co_await space->store().restore_snapshot(name);
  if (!restored) co_return Unexpected{to_refusal(restored.error(), name)};
  co_return Reply{204, "", ""};
}

Task<Answer<Reply>> drop_snapshot(Powers& powers, const Call& call) {
  PAIL_CO_TRY(const auto space, ChosenSpace::of(powers, call));
  const std::string& name = call.names.at("snapshot");
  const auto dropped = co_await space->store().drop_snapshot(name);
  if (!dropped) co_return Unexpected{to_refusal(dropped.error(), name)};
  co_return Reply{204, "", ""};
}

Task<Answer<Reply>> compare_snapshots(Powers& powers, const Call& call) {
  PAIL_CO_TRY(const auto space, ChosenSpace::of(powers, call));
  const std::string& name = call.names.at("snapshot");
  const auto limit_text = call.query.find("limit");
  const std::uint64_t limit =
      limit_text ? text::parse_decimal(*limit_text).value_or(0) : kDifferencesShown;
  Json json;
  json["differences"] = Json::array();
  json["truncated"] = false;
  const store::DifferenceVisitor visit = [&](const store::Difference& difference) {
    if (json["differences"].size() >= limit) {
      json["truncated"] = true;
      return false;
    }
    Json shown;
    shown["kind"] = kind_name(difference.kind);
    shown["bucket"] = difference.bucket;
    if (!difference.key.empty()) shown["key"] = difference.key;
    json["differences"].push_back(std::move(shown));
    return true;
  };
  const auto compared = space->store().compare_snapshots(name, call.query.find("with"), visit);
  if (!compared) {
    co_return Unexpected{to_refusal(
        compared.error(), name + "' or '" + std::string(call.query.find("with").value_or("")))};
  }
  co_return json_reply(json);
}

}  // namespace pail::control
