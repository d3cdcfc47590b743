#include <chrono>
#include <cmath>
#include <optional>

#include "control/handlers.h"
#include "error/try.h"
#include "lifecycle/report.h"
#include "time/date.h"

namespace pail::control {
namespace {

/// Ten thousand years, and a year in a hundredth of a second.
constexpr double kStepMost_s = 3.2e11;
constexpr double kSpeedMost = 3.2e9;

Json describe(const time::AdjustableClock& clock) {
  const auto reading = clock.read();
  Json json;
  json["now"] = time::format_iso8601(reading.now);
  json["speed"] = reading.speed;
  json["frozen"] = reading.speed == 0;
  json["adjusted"] = reading.is_adjusted;
  return json;
}

Json describe(const lifecycle::Report& report) {
  Json json;
  json["expired"] = report.expired;
  json["noncurrent_removed"] = report.noncurrent_removed;
  json["markers_removed"] = report.markers_removed;
  json["transitioned"] = report.transitioned;
  json["uploads_aborted"] = report.uploads_aborted;
  json["refused"] = report.refused;
  json["failed_buckets"] = report.failed_buckets;
  return json;
}

std::optional<double> number(const Json& body, const char* name) {
  if (!body.contains(name)) return std::nullopt;
  return body[name].get<double>();
}

/// What a call wants done with the clock. A value.
struct Move {
  std::optional<time::Timestamp> time;
  std::optional<std::chrono::milliseconds> step;
  std::optional<double> speed;
};

Answer<Move> parse_move(const Json& body) {
  Move move;
  if (body.contains("time")) {
    const auto text = body["time"].get<std::string>();
    move.time = time::parse_iso8601(text);
    if (!move.time) {
      return refuse(400, "'time' has to be like 2026-11-24T16:00:00Z, not '" + text + "'");
    }
  }
  if (const auto seconds = number(body, "advance_s")) {
    if (!(std::abs(*seconds) <= kStepMost_s)) {
      return refuse(400, "'advance_s' has to be a number of seconds within 10,000 years");
    }
    move.step = std::chrono::milliseconds(std::llround(*seconds * 1000));
  }
  move.speed = number(body, "speed");
  if (move.speed && !(*move.speed >= 0 && *move.speed <= kSpeedMost)) {
    return refuse(400, "'speed' has to be seconds in a second, 0 or more");
  }
  if (body.contains("frozen")) {
    if (move.speed) return refuse(400, "give either 'speed' or 'frozen'");
    move.speed = body["frozen"].get<bool>() ? 0 : 1;
  }
  if (!move.time && !move.step && !move.speed) {
    return refuse(400, "say what to do: 'time', 'advance_s', 'speed' or 'frozen'");
  }
  return move;
}

/// Until the second is over: what is signed carries no more of the time than seconds, so that only
/// then can be told what was signed before the clock was moved and what after.
Task<void> settle(const time::Clock& clock, Waiter& waiter) {
  const auto now = clock.machine_now();
  co_await waiter.wait(std::chrono::floor<std::chrono::seconds>(now) + std::chrono::seconds(1) -
                       now);
}

}  // namespace

Task<Answer<Reply>> show_clock(Powers& powers, const Call& call) {
  PAIL_CO_TRY(const auto space, ChosenSpace::of(powers, call));
  co_return json_reply(describe(space->clock()));
}

/// Stopped first, so that it stands exactly where it is set to.
Task<Answer<Reply>> move_clock(Powers& powers, const Call& call) {
  PAIL_CO_TRY(const auto space, ChosenSpace::of(powers, call));
  PAIL_CO_TRY(const Move move, parse_move(call.body));
  time::AdjustableClock& clock = space->clock();
  if (move.speed) clock.set_speed(*move.speed);
  if (move.time) clock.set(*move.time);
  if (move.step) clock.advance(*move.step);
  const lifecycle::Report report = space->run_lifecycle();
  if (call.body.value("settle", true)) co_await settle(clock, *call.waiter);
  Json json = describe(clock);
  json["lifecycle"] = describe(report);
  co_return json_reply(json);
}

Task<Answer<Reply>> reset_clock(Powers& powers, const Call& call) {
  PAIL_CO_TRY(const auto space, ChosenSpace::of(powers, call));
  space->clock().reset();
  co_return json_reply(describe(space->clock()));
}

Task<Answer<Reply>> run_lifecycle(Powers& powers, const Call& call) {
  PAIL_CO_TRY(const auto space, ChosenSpace::of(powers, call));
  co_return json_reply(describe(space->run_lifecycle()));
}

}  // namespace pail::control
