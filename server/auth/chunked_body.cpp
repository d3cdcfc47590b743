#include "auth/chunked_body.h"

#include <utility>

#include "error/try.h"

namespace pail::auth {

ChunkedBody::ChunkedBody(http::BodyReader& inner, ChunkFraming framing)
    : inner_(inner), decoder_(std::move(framing)) {}

Task<S3Result<std::span<const std::byte>>> ChunkedBody::read() {
  if (failure_) co_return fail(*failure_);
  if (ended_) co_return std::span<const std::byte>{};
  auto bytes = co_await read_on();
  if (!bytes) failure_ = bytes.error();
  co_return bytes;
}

Task<S3Result<std::span<const std::byte>>> ChunkedBody::read_on() {
  for (;;) {
    PAIL_CO_TRY(const auto content, decoder_.next(input_));
    if (!content.empty()) co_return content;
    PAIL_CO_TRY(input_, co_await inner_.read());
    if (!input_.empty()) continue;
    PAIL_CO_CHECK(decoder_.finish());
    ended_ = true;
    trailers_ = decoder_.trailers();
    for (const http::Header& field : inner_.trailers()) trailers_.add(field.name, field.value);
    co_return std::span<const std::byte>{};
  }
}

}  // namespace pail::auth
