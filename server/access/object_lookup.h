#pragma once

#include "model/object.h"

namespace pail::access {

/// The object version that a request is about, which most decisions do without.
class ObjectLookup {
 public:
  ObjectLookup() = default;
  ObjectLookup(const ObjectLookup&) = delete;
  ObjectLookup& operator=(const ObjectLookup&) = delete;
  virtual ~ObjectLookup() = default;

  /// nullptr: there is none. Fetches it when it is first called.
  virtual const model::ObjectVersion* find() = 0;
};

}  // namespace pail::access
