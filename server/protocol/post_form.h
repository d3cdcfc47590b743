#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "error/s3_error.h"
#include "http/body_reader.h"
#include "http/request.h"
#include "protocol/form_fields.h"
#include "task/task.h"

namespace pail::protocol {

/// AWS's limit on what stands in a form before its file, in bytes of names and values.
inline constexpr std::size_t kFormFieldsBytesMost = 20480;
inline constexpr std::size_t kFormFieldsMost = 256;

/// A form with which a browser uploads a file (POST object): the fields, and the file still to be
/// read. Belongs to one request, which outlives it.
class PostForm {
 public:
  /// Reads the body up to the first byte of the file. In all fields ${filename} is replaced by the
  /// name of the file, without the path that old browsers send. Fails as AWS was recorded to:
  /// PreconditionFailed (no multipart/form-data), MalformedPOSTRequest,
  /// MaxPostPreDataLengthExceeded, InvalidArgument (no file, no key, a field twice),
  /// KeyTooLongError, MissingContentLength, and whatever the body fails with.
  static Task<S3Result<std::shared_ptr<PostForm>>> open(const http::Request& request);

  PostForm(const PostForm&) = delete;
  PostForm& operator=(const PostForm&) = delete;
  ~PostForm();

  [[nodiscard]] const FormFields& fields() const;
  /// The key that the object is to have: UTF-8, 1 to 1024 bytes.
  [[nodiscard]] const std::string& key() const;
  /// The content of the file. Its end comes with the end of the body: it fails with
  /// MalformedPOSTRequest if the form is cut short, InvalidArgument if there is a second file.
  /// Other fields after the file are ignored.
  [[nodiscard]] http::BodyReader& file() const;

 private:
  struct Parts;
  explicit PostForm(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace pail::protocol
