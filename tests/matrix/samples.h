#pragma once

#include "protocol/operation_spec.h"
#include "support/loopback.h"

namespace pail::operations {
#define S3_OPERATION(name, method, target, markers, action, body) struct name;
#define S3_PREFLIGHT(name, target) struct name;
#define S3_FORM(name, target, action) struct name;
#define S3_ACTION(name, action) struct name;
#define S3_NOT_IMPLEMENTED(name, method, target, markers)
#include "operations/operations.def"
#undef S3_OPERATION
#undef S3_PREFLIGHT
#undef S3_FORM
#undef S3_ACTION
#undef S3_NOT_IMPLEMENTED
}  // namespace pail::operations

namespace pail::test::matrix {

/// Brings a server into the state in which the operation succeeds, and makes a request of it that
/// the owner of the buckets can send. Without a specialisation for a row of operations.def the
/// program does not link: every operation has to say how it is guarded.
template <typename Operation>
Call sample(Loopback& server);

}  // namespace pail::test::matrix
