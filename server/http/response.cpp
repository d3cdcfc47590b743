#include "http/response.h"

#include <unistd.h>

namespace pail::http {

OpenFile::~OpenFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace pail::http
