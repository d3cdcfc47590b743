#pragma once

#include <span>
#include <string_view>

#include "http/header_map.h"
#include "operations/operation.h"
#include "protocol/operation_spec.h"
#include "protocol/query.h"

namespace pail::operations {

using Handler = Task<S3Result<http::Response>> (*)(AuthorizedRequest&, OperationContext&);

/// A row: what the operation is, and the function that runs it (nullptr where it is not
/// implemented).
struct Row {
  protocol::OperationSpec spec;
  Handler handler = nullptr;
};

/// Every row of operations.def, in its order.
std::span<const Row> rows();

/// The row whose markers are all present in the request and are the most. Never fails: what no row
/// names becomes a row of its own without a handler, called "Unknown" (to be answered 501) or
/// "MethodNotAllowed" (405).
const Row& route(std::string_view method, protocol::Target target, const protocol::Query& query,
                 const http::HeaderMap& headers);

/// The row of an action of the Security Token Service. Never fails: what no row names becomes a row
/// of its own without a handler, called "UnknownAction".
const Row& route_action(std::string_view action);

}  // namespace pail::operations
