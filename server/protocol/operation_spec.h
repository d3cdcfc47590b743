#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "protocol/address.h"

namespace pail::protocol {

enum class Method { kGet, kHead, kPut, kPost, kDelete, kOptions };

/// What body an operation takes, and so how much of it is read before the operation runs.
enum class BodyKind {
  kNone,       // refused or drained
  kXml,        // a small document, read and verified whole before parse()
  kJudgedXml,  // the same, but policies can ask for what it says
  kKeysXml,    // the same, but it names the keys that the permission is about
  kParts,  // the same, but the checksum headers are those of the object that the document completes
  kJson,   // the same
  kStream,  // pulled by run()
};

/// Who a request must come from before it may be looked at.
enum class Entry {
  kSigned,     // SigV4 header or query, or anonymous where the bucket allows it
  kPreflight,  // nobody: a browser never signs it
  kForm,       // whoever signed the policy in the form, or anonymous
  kAction,     // SigV4 for the Security Token Service, or a web identity
};

/// When it is decided whether the sender may do what he asks for.
enum class Judgement {
  kByHead,  // before anything of the body is read
  kByBody,  // once the body is parsed, since policies can ask for what it says: by require()
  kByKeys,  // likewise, for each key that the body names
};

constexpr Judgement judgement_of(BodyKind body, Entry entry) {
  if (body == BodyKind::kKeysXml) return Judgement::kByKeys;
  const bool by_body = body == BodyKind::kJudgedXml || entry == Entry::kForm;
  return by_body ? Judgement::kByBody : Judgement::kByHead;
}

/// What tells one operation from another under the same method and target: "tagging" is a query
/// name, "list-type=2" a name with its value, "@x-amz-copy-source" a header.
struct Markers {
  static constexpr std::size_t kMost = 4;
  std::array<std::string_view, kMost> names{};
  std::size_t count = 0;

  constexpr Markers() = default;
  template <typename... Names>
  explicit constexpr Markers(Names... given)
      : names{std::string_view(given)...}, count(sizeof...(given)) {
    static_assert(sizeof...(given) <= kMost);
  }
};

/// The row of an S3 operation in operations.def.
struct OperationSpec {
  std::string_view name;  // as S3 names it
  Method method = Method::kGet;
  Target target = Target::kService;
  Markers markers;
  /// What a policy calls it, e.g. "s3:GetObject"; empty for rows that are not implemented.
  std::string_view action;
  BodyKind body = BodyKind::kNone;
  Entry entry = Entry::kSigned;
  bool is_implemented = true;
};

}  // namespace pail::protocol
