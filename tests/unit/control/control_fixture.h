#pragma once

#include <atomic>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "control/control.h"
#include "space/gateway.h"
#include "space/registry.h"
#include "task/task.h"

namespace pail::control {

inline constexpr const char* kToken = "a-token-of-the-test";

/// A control interface over a server in memory, with the bucket "photos" and the key AKID.
struct ControlTest : testing::Test {
  ControlTest() {
    space::Settings settings;
    settings.names.hosts = {"localhost"};
    auth::Credential credential;
    credential.secret_access_key = "secret";
    credential.identity.access_key_id = "AKID";
    settings.credentials.add(std::move(credential));
    settings.journal_entries = 100;
    settings.buckets["photos"] = access::StartAccess::kPrivate;
    auto opened = space::Registry::open(std::move(settings));
    if (!opened) throw std::runtime_error(opened.error());
    spaces = std::move(*opened);
    gateway.emplace(*spaces);
    control.emplace(Powers{*spaces, is_ready, "1.2.3", {}}, Guard(kToken, spaces->settings().names),
                    *gateway);
  }

  /// As somebody in this process.
  Reply call(std::string method, std::string target, std::string body = {}) {
    return task::run_blocking(control->call(std::move(method), std::move(target), std::move(body)));
  }
  Json call_json(std::string method, std::string target, std::string body = {}) {
    return Json::parse(call(std::move(method), std::move(target), std::move(body)).body);
  }

  /// Over HTTP.
  http::Response send(std::string method, std::string target, const http::HeaderMap& headers,
                      std::string remote_address = "127.0.0.1") {
    http::Request request;
    request.method = std::move(method);
    request.target = std::move(target);
    request.headers = headers;
    request.remote_address = std::move(remote_address);
    http::EmptyBody body;
    request.body = &body;
    return task::run_blocking(control->handle(request));
  }

  std::unique_ptr<space::Registry> spaces;
  std::atomic<bool> is_ready{true};
  std::optional<space::Gateway> gateway;
  std::optional<Control> control;
};

inline http::HeaderMap from_localhost() {
  http::HeaderMap headers;
  headers.add("Host", "localhost:9000");
  return headers;
}

inline http::HeaderMap with_token() {
  http::HeaderMap headers = from_localhost();
  headers.add("Authorization", std::string("Bearer ") + kToken);
  return headers;
}

}  // namespace pail::control
