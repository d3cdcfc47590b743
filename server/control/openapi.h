#pragma once

#include "control/call.h"

namespace pail::control {

/// The OpenAPI 3.1 document of all routes: docs/openapi.json, which a test holds against it.
Json openapi_document();

}  // namespace pail::control
