#include "control/control.h"

#include <exception>
#include <optional>
#include <thread>
#include <utility>

#include "control/drop_in.h"
#include "control/route.h"
#include "error/try.h"
#include "protocol/address.h"
#include "text/percent.h"

namespace pail::control {
namespace {

constexpr std::string_view kPrefix = "/_pail";
constexpr std::size_t kBodyBytesMost = std::size_t{1} << 20;

/// The target below the prefix, if the request is for the control interface.
std::optional<std::string> control_target(const http::Request& request,
                                          const protocol::ServerNames& names) {
  const std::string_view target = request.target;
  if (!target.starts_with(kPrefix)) return std::nullopt;
  const std::string_view rest = target.substr(kPrefix.size());
  if (!rest.empty() && rest.front() != '/' && rest.front() != '?') return std::nullopt;
  // In "bucket.localhost/_pail/x" it is a key.
  const auto address = protocol::resolve_address(names, request.headers.find("Host").value_or(""),
                                                 target.substr(0, target.find('?')));
  if (address && address->style != protocol::AddressStyle::kPath) return std::nullopt;
  return std::string(rest);
}

Task<Answer<std::string>> read_body(http::BodyReader* body) {
  std::string text;
  if (body == nullptr) co_return text;
  while (true) {
    const auto bytes = co_await body->read();
    if (!bytes) co_return control::refuse(400, "the body broke off");
    if (bytes->empty()) co_return text;
    if (text.size() + bytes->size() > kBodyBytesMost) {
      co_return control::refuse(413, "the body is larger than 1 MiB");
    }
    text.append(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  }
}

/// Over HTTP: without holding a thread.
class ConnectionWaiter final : public Waiter {
 public:
  explicit ConnectionWaiter(http::BodyReader* connection) : connection_(connection) {}
  Task<void> wait(std::chrono::milliseconds time) override {
    if (connection_ != nullptr) co_await connection_->pause(time);
  }

 private:
  http::BodyReader* connection_;
};

/// In this process: whoever calls waits himself.
class ThreadWaiter final : public Waiter {
 public:
  Task<void> wait(std::chrono::milliseconds time) override {
    std::this_thread::sleep_for(time);
    co_return;
  }
};

Reply render(const Refusal& refusal) {
  Json json;
  json["error"] = refusal.reason;
  return json_reply(json, refusal.status);
}

http::Response to_response(Reply reply) {
  http::Response response;
  response.status = reply.status;
  if (!reply.content_type.empty()) response.headers.add("Content-Type", reply.content_type);
  response.headers.add("Cache-Control", "no-store");
  response.body = std::move(reply.body);
  return response;
}

Answer<Call> parse_call(std::string method, std::string_view target) {
  Call call;
  call.method = method == "HEAD" ? "GET" : std::move(method);
  const auto question_mark = target.find('?');
  const auto path = text::percent_decode(target.substr(0, question_mark));
  if (!path) return refuse(400, "the path has a broken escape");
  call.path = *path;
  if (question_mark == std::string_view::npos) return call;
  auto query = protocol::Query::parse(target.substr(question_mark + 1));
  if (!query) return refuse(400, "the query can not be read");
  call.query = std::move(*query);
  return call;
}

struct RoutedCall {
  Call call;
  const Route* route = nullptr;
};

Answer<RoutedCall> route_call(std::string method, std::string_view target) {
  PAIL_TRY(Call call, parse_call(std::move(method), target));
  const Match match = match_route(call);
  if (match.route != nullptr) return RoutedCall{std::move(call), match.route};
  if (match.has_other_methods) {
    return refuse(405, call.method + " can not be done with /_pail" + call.path);
  }
  return refuse(404, "there is nothing at /_pail" + call.path +
                         "; GET /_pail/openapi.json says what there is");
}

}  // namespace

Task<http::Response> Control::handle(http::Request& request) {
  if (const auto drop_in = find_drop_in(request, powers_.spaces.home().store())) {
    co_return to_response(answer_drop_in(*drop_in, request, powers_, guard_));
  }
  auto target = control_target(request, powers_.spaces.settings().names);
  if (!target) co_return co_await next_.handle(request);
  co_return co_await answer(request, std::move(*target));
}

Task<http::Response> Control::answer(http::Request& request, std::string target) {
  auto routed = route_call(request.method, target);
  const bool is_open = routed && routed->route->is_open;
  // Who has no token does not learn what there is.
  const auto admitted = is_open ? Answer<void>() : guard_.admit(request);
  if (!admitted) co_return to_response(render(admitted.error()));
  if (!routed) co_return to_response(render(routed.error()));
  auto body = co_await read_body(request.body);
  if (!body) co_return to_response(render(body.error()));
  ConnectionWaiter waiter(request.body);
  Reply reply = co_await run(*routed->route, std::move(routed->call), std::move(*body), waiter);
  co_return to_response(std::move(reply));
}

Task<Reply> Control::call(std::string method, std::string target, std::string body) {
  auto routed = route_call(std::move(method), target);
  if (!routed) co_return render(routed.error());
  ThreadWaiter waiter;
  co_return co_await run(*routed->route, std::move(routed->call), std::move(body), waiter);
}

Task<Reply> Control::run(const Route& route, Call call, std::string body, Waiter& waiter) {
  call.waiter = &waiter;
  call.body = body.empty() ? Json::object() : Json::parse(body, nullptr, false);
  if (call.body.is_discarded()) co_return render({400, "the body is not JSON"});
  const auto checked = check_fields(route, call);
  if (!checked) co_return render(checked.error());
  std::string failure;
  try {
    auto answered = co_await route.run(powers_, call);
    co_return answered ? std::move(*answered) : render(answered.error());
  } catch (const std::exception& broken) {
    failure = broken.what();
  }
  co_return render({500, std::move(failure)});
}

}  // namespace pail::control
