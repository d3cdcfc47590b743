#pragma once

#include <memory>
#include <string>

#include "http/request.h"
#include "protocol/address.h"
#include "protocol/operation_spec.h"
#include "protocol/query.h"
#include "time/clock.h"

namespace pail::protocol {

class PostForm;
struct ActionForm;

/// A request of which it is known what it wants, but not yet who sends it. Lives as long as the
/// request.
struct RoutedRequest {
  http::Request& http;
  std::string_view raw_path;   // of http.target
  std::string_view raw_query;  // of http.target, without '?'
  Query query;
  Address address;
  const OperationSpec& operation;
  std::string request_id;
  time::Timestamp received;
  /// Of an operation whose row says kForm: the form, read up to its file. Its key is that of the
  /// address.
  std::shared_ptr<PostForm> form = nullptr;
  /// Of an operation whose row says kAction: the whole form.
  std::shared_ptr<const ActionForm> action = nullptr;
};

}  // namespace pail::protocol
