#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "error/s3_error.h"

// multipart/form-data (RFC 7578, with the delimiters of RFC 2046), taken apart as it arrives.
namespace pail::protocol {

/// A boundary has at most 70 characters (RFC 2046, section 5.1.1).
inline constexpr std::size_t kBoundaryBytesMost = 70;
/// The most that the header fields of one part may take.
inline constexpr std::size_t kPartHeadBytesMost = std::size_t{8} * 1024;

/// The boundary in "multipart/form-data; boundary=...". Fails as AWS was recorded to:
/// PreconditionFailed for any other content type, MalformedPOSTRequest without a usable boundary.
S3Result<std::string> parse_form_boundary(std::string_view content_type);

/// What the head of a part says.
struct PartHead {
  /// Empty: the part is no field of a form ("Content-Disposition: attachment", no name).
  std::string name;
  /// As the client sent it, with its path; nothing if there is no filename parameter.
  std::optional<std::string> file_name;
};

/// Reads the header fields of a part, each ended by CRLF. Fails: MalformedPOSTRequest.
S3Result<PartHead> parse_part_head(std::string_view fields);

/// The state machine. Memory is bounded by the boundary and one head, however the input is split.
/// Not thread-safe.
class MultipartParser {
 public:
  /// `boundary` as parse_form_boundary() gives it.
  explicit MultipartParser(std::string_view boundary)
      : delimiter_("\r\n--" + std::string(boundary)) {}

  enum class Event {
    kNeedsInput,  // all input is used up
    kPartBegins,  // part() says which
    kContent,     // a stretch of the part's content, in `content`
    kPartEnds,
  };
  struct Step {
    Event event = Event::kNeedsInput;
    /// Valid as long as the input and the parser.
    std::string_view content = {};
  };

  /// Goes on to the next event and takes what it used from the front of `input`. What stands before
  /// the first part and behind the last is passed over. Fails: MalformedPOSTRequest; nothing more
  /// can be read then.
  S3Result<Step> next(std::string_view& input);
  [[nodiscard]] const PartHead& part() const { return part_; }
  /// Whether the closing delimiter was seen.
  [[nodiscard]] bool is_complete() const { return state_ == State::kEpilogue; }

 private:
  enum class State { kPreamble, kDelimiter, kHead, kContent, kEpilogue };

  std::string_view take_content(std::string_view& input);
  S3Result<void> take_delimiter_line(std::string_view& input);
  S3Result<bool> take_head(std::string_view& input);

  std::string delimiter_;
  State state_ = State::kPreamble;
  /// How much of the delimiter the input so far ends with. The first one needs no CRLF before it.
  std::size_t matched_ = 2;
  bool delimiter_found_ = false;
  std::size_t preamble_bytes_ = 0;
  /// The rest of a delimiter's line, or a head.
  std::string line_;
  PartHead part_;
};

/// AWS's MalformedPOSTRequest; `hint` is for people.
S3Error malformed_form(std::string hint);

}  // namespace pail::protocol
