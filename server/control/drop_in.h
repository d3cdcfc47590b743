#pragma once

#include <optional>

#include "control/call.h"
#include "control/guard.h"
#include "control/powers.h"
#include "http/request.h"

namespace pail::control {

/// What other servers that people have answer under names of their own, so that only the image has
/// to be exchanged. A value.
enum class DropIn {
  kMinioHealth,       // GET /minio/health/live, /ready, /cluster
  kLocalStackHealth,  // GET /_localstack/health
  kMotoReset,         // POST /moto-api/reset
};

/// Nothing if the request is for S3: it is signed, or there is a bucket of that name.
std::optional<DropIn> find_drop_in(const http::Request& request, const store::Store& store);

/// Does what is asked. Whoever resets moto needs no token there, so that a reset is for programs of
/// this machine alone and for servers whose data lie in memory, as moto's do; 403 for all others.
Reply answer_drop_in(DropIn drop_in, const http::Request& request, Powers& powers,
                     const Guard& guard);

}  // namespace pail::control
