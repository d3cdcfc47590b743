#include "protocol/post_form.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "error/try.h"
#include "protocol/address.h"
#include "protocol/multipart_parser.h"
#include "text/ascii.h"
#include "text/bytes.h"
#include "text/utf8.h"

namespace pail::protocol {
namespace {

using Event = MultipartParser::Event;

constexpr std::string_view kFile = "file";
constexpr std::string_view kIgnoredPrefix = "x-ignore-";
constexpr std::string_view kFileNameVariable = "${filename}";

Unexpected<S3Error> wrong_number_of_files(const char* number) {
  return invalid_argument("POST requires exactly one file upload per request.", std::string(kFile),
                          number);
}

Unexpected<S3Error> too_much_before_the_file() {
  return fail(S3Error(S3ErrorCode::MaxPostPreDataLengthExceeded)
                  .with("MaxPostPreDataLengthBytes", std::to_string(kFormFieldsBytesMost))
                  .because("is the file in a part called \"file\"?"));
}

bool is_file(const PartHead& part) { return text::equals_ignore_case(part.name, kFile); }

/// "C:\docs\a.txt" and "docs/a.txt" are a.txt.
std::string_view without_path(std::string_view file_name) {
  const auto slash = file_name.find_last_of("/\\");
  return slash == std::string_view::npos ? file_name : file_name.substr(slash + 1);
}

std::string expand(std::string_view value, std::string_view file_name) {
  std::string expanded;
  while (true) {
    const auto at = value.find(kFileNameVariable);
    expanded += value.substr(0, at);
    if (at == std::string_view::npos) return expanded;
    expanded += file_name;
    value.remove_prefix(at + kFileNameVariable.size());
  }
}

S3Result<std::string> key_of(const FormFields& fields) {
  const auto key = fields.find("key");
  if (!key || key->empty()) {
    return invalid_argument(
        "Bucket POST must contain a field named 'key'.  If it is specified, please check the order "
        "of the fields.",
        "key", "");
  }
  if (key->size() > kMaxKeyBytes) {
    return fail(S3Error(S3ErrorCode::KeyTooLongError)
                    .with("Size", std::to_string(key->size()))
                    .with("MaxSizeAllowed", std::to_string(kMaxKeyBytes)));
  }
  if (!text::is_valid_utf8(*key))
    return invalid_argument("The key must be valid UTF-8", "key", std::string(*key));
  return std::string(*key);
}

/// The body of the request, taken apart.
class FormReader {
 public:
  FormReader(http::BodyReader& body, std::string_view boundary) : body_(body), parser_(boundary) {}

  /// The next event; nothing at the end of the body.
  Task<S3Result<std::optional<MultipartParser::Step>>> next() {
    while (true) {
      PAIL_CO_TRY(const MultipartParser::Step step, parser_.next(input_));
      if (step.event != Event::kNeedsInput) co_return std::optional(step);
      PAIL_CO_TRY(const auto bytes, co_await body_.read());
      if (!bytes.empty()) {
        input_ = text::as_text(bytes);
        continue;
      }
      if (!parser_.is_complete()) co_return fail(malformed_form("the form has no end"));
      co_return std::optional<MultipartParser::Step>();
    }
  }
  [[nodiscard]] const PartHead& part() const { return parser_.part(); }
  [[nodiscard]] const http::HeaderMap& trailers() const { return body_.trailers(); }

 private:
  http::BodyReader& body_;
  MultipartParser parser_;
  std::string_view input_;
};

/// The file among the parts, from its first byte on.
class FileBody final : public http::BodyReader {
 public:
  explicit FileBody(FormReader& form) : form_(form) {}

  Task<S3Result<std::span<const std::byte>>> read() override {
    while (!finished_) {
      PAIL_CO_TRY(const auto step, co_await form_.next());
      finished_ = !step;
      if (finished_) break;
      if (step->event == Event::kPartEnds) in_file_ = false;
      if (step->event == Event::kPartBegins && is_file(form_.part()))
        co_return wrong_number_of_files("2");
      if (step->event == Event::kContent && in_file_) co_return text::as_bytes(step->content);
    }
    co_return std::span<const std::byte>();
  }
  [[nodiscard]] std::optional<std::uint64_t> length_bytes() const override { return std::nullopt; }
  [[nodiscard]] const http::HeaderMap& trailers() const override { return form_.trailers(); }

 private:
  FormReader& form_;
  bool in_file_ = true;
  bool finished_ = false;
};

/// Collects fields until the file begins.
class FieldCollector {
 public:
  /// False once a field is too much.
  bool begin(const std::string& name) {
    name_ = name;
    value_.clear();
    return ++count_ <= kFormFieldsMost && take(name.size());
  }
  bool append(std::string_view content) {
    value_ += content;
    return take(content.size());
  }
  /// False if there was a field of that name: which of them counts could differ between whoever
  /// signed the form and whoever reads it.
  bool end() {
    if (name_.empty()) return true;
    const bool may_repeat = text::starts_with_ignore_case(name_, kIgnoredPrefix);
    if (!may_repeat && fields_.contains(name_)) return false;
    fields_.add(std::move(name_), std::move(value_));
    return true;
  }
  [[nodiscard]] const std::string& name() const { return name_; }
  FormFields take_fields() { return std::move(fields_); }

 private:
  bool take(std::size_t bytes) { return (total_bytes_ += bytes) <= kFormFieldsBytesMost; }

  FormFields fields_;
  std::string name_;
  std::string value_;
  std::size_t count_ = 0;
  std::size_t total_bytes_ = 0;
};

Task<S3Result<FormFields>> read_fields(FormReader& reader) {
  FieldCollector collector;
  while (true) {
    PAIL_CO_TRY(const auto step, co_await reader.next());
    if (!step) co_return wrong_number_of_files("0");
    if (step->event == Event::kPartBegins) {
      if (is_file(reader.part())) co_return collector.take_fields();
      if (!collector.begin(reader.part().name)) co_return too_much_before_the_file();
    } else if (step->event == Event::kContent) {
      if (!collector.append(step->content)) co_return too_much_before_the_file();
    } else if (!collector.end()) {
      const std::string& name = reader.part().name;
      co_return invalid_argument("POST must not contain the field '" + name + "' twice.", name, "");
    }
  }
}

/// With ${filename} replaced; a file without a name leaves it as it is, as AWS was recorded to.
S3Result<FormFields> expand_fields(FormFields fields, const PartHead& file) {
  if (!file.file_name) return fields;
  const std::string_view file_name = without_path(*file.file_name);
  FormFields expanded;
  std::size_t total_bytes = 0;
  for (const FormField& field : fields) {
    std::string value = expand(field.value, file_name);
    total_bytes += value.size();
    if (total_bytes > 2 * kFormFieldsBytesMost) return too_much_before_the_file();
    expanded.add(field.name, std::move(value));
  }
  return expanded;
}

}  // namespace

struct PostForm::Parts {
  Parts(http::BodyReader& body, std::string_view boundary) : reader(body, boundary), file(reader) {}

  FormReader reader;
  FileBody file;
  FormFields fields;
  std::string key;
};

PostForm::PostForm(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
PostForm::~PostForm() = default;

const FormFields& PostForm::fields() const { return parts_->fields; }
const std::string& PostForm::key() const { return parts_->key; }
http::BodyReader& PostForm::file() const { return parts_->file; }

Task<S3Result<std::shared_ptr<PostForm>>> PostForm::open(const http::Request& request) {
  const auto content_type = request.headers.find("Content-Type");
  PAIL_CO_TRY(const std::string boundary, parse_form_boundary(content_type.value_or("")));
  const bool has_length =
      request.headers.contains("Content-Length") || request.headers.contains("Transfer-Encoding");
  if (!has_length || request.body == nullptr) co_return fail(S3ErrorCode::MissingContentLength);
  auto parts = std::make_unique<Parts>(*request.body, boundary);
  PAIL_CO_TRY(auto fields, co_await read_fields(parts->reader));
  PAIL_CO_TRY(parts->fields, expand_fields(std::move(fields), parts->reader.part()));
  PAIL_CO_TRY(parts->key, key_of(parts->fields));
  co_return std::shared_ptr<PostForm>(new PostForm(std::move(parts)));
}

}  // namespace pail::protocol
