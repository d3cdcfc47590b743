#include "content/piece.h"

#include <unistd.h>

namespace pail::content {

OpenFile::~OpenFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace pail::content
