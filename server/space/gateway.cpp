#include "space/gateway.h"

#include <string>
#include <utility>

#include "auth/authenticator.h"
#include "auth/claimed_key.h"
#include "error/try.h"
#include "protocol/address.h"

namespace pail::space {
namespace {

/// What follows the last dot of "<access key id>.<space>"; empty if there is none.
std::string_view space_of(std::string_view access_key_id) {
  const auto dot = access_key_id.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : access_key_id.substr(dot + 1);
}

/// Keeps the space until the answer has been sent.
void keep_until_delivered(std::shared_ptr<Space> space, http::Response& response) {
  response.on_delivered = [space = std::move(space), then = std::move(response.on_delivered)](
                              const http::Delivery& delivery) {
    if (then) then(delivery);
  };
}

}  // namespace

Task<http::Response> Gateway::handle(http::Request& request) {
  auto guest = find_guest(request);
  if (!guest) co_return refuse(guest.error());
  if (*guest == nullptr) {
    registry_.home().begin_request();
    co_return co_await registry_.home().service().handle(request);
  }
  (*guest)->begin_request();
  http::Response response = co_await (*guest)->service().handle(request);
  keep_until_delivered(std::move(*guest), response);
  co_return response;
}

http::Response Gateway::refuse(const S3Error& error) {
  return registry_.home().service().refuse(error);
}

S3Result<std::shared_ptr<Space>> Gateway::find_guest(http::Request& request) {
  const std::string_view key = auth::claimed_access_key_id(request);
  if (!key.empty()) {
    const std::string_view name = space_of(key);
    if (name.empty() || registry_.settings().credentials.find(key) != nullptr) return nullptr;
    return find_or_make(name, request);
  }
  if (!registry_.has_guests()) return nullptr;
  const std::string_view path =
      std::string_view(request.target).substr(0, request.target.find('?'));
  const auto address = protocol::resolve_address(registry_.settings().names,
                                                 request.headers.find("Host").value_or(""), path);
  if (!address || address->bucket.empty()) return nullptr;
  if (registry_.home().store().find_bucket(address->bucket)) return nullptr;
  return registry_.find_by_bucket(address->bucket);
}

/// Not every stranger makes spaces: the first request to one has to be signed rightly.
S3Result<std::shared_ptr<Space>> Gateway::find_or_make(std::string_view name,
                                                       http::Request& request) {
  if (auto guest = registry_.find(name)) return guest;
  const Settings& settings = registry_.settings();
  const auto keys = settings.credentials.in_space(name);
  if (!is_valid_name(name) || name == kDefaultName ||
      keys.find(auth::claimed_access_key_id(request)) == nullptr) {
    return nullptr;  // an access key that nobody knows, at home
  }
  service::Service& home = registry_.home().service();
  const auth::Authenticator door(keys, authenticator_options(settings, nullptr),
                                 registry_.home().clock());
  PAIL_CHECK(home.prove_sender(request, door));
  auto made = registry_.find_or_make(name);
  if (!made) return fail(S3Error(S3ErrorCode::ServiceUnavailable).because(made.error()));
  return std::move(*made);
}

}  // namespace pail::space
