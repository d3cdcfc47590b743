#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "pail/result.h"

namespace pail::protocol {

/// Which entries of an ordered set of keys a page of a listing shows. Views; a value.
struct ListingRange {
  std::string_view prefix;
  /// Keys that have it behind the prefix are shown as one common prefix; empty: none are.
  std::string_view delimiter;
  /// Only what lies behind this key or common prefix is shown; empty: everything is.
  std::string_view after;
  std::size_t limit = 0;
};

/// How a page ended.
struct ListingEnd {
  /// Keys and common prefixes shown.
  std::size_t count = 0;
  /// Whether more of the range follows; never with a limit of 0, as AWS answers.
  bool is_truncated = false;
  /// With is_truncated: the key or common prefix shown last, which is where the next page goes on.
  std::string last;
};

/// The smallest string greater than all strings with that prefix; nothing if there is none (the
/// prefix is empty or consists of 0xFF only).
std::optional<std::string> after_prefix(std::string_view prefix);

/// What `key` is shown as: up to and with the first delimiter behind the prefix, or nothing if it
/// is shown as itself. `key` begins with the prefix.
std::optional<std::string_view> common_prefix(std::string_view key, std::string_view prefix,
                                              std::string_view delimiter);

namespace detail {

/// Moves to the first entry that may belong to the page. A marker inside a common prefix counts as
/// that common prefix: AWS was recorded to go on behind it (ListObjects with a marker that is a key
/// of the prefix), and so a prefix is never shown on two pages.
template <typename Cursor>
auto seek_first(Cursor& cursor, const ListingRange& range)
    -> decltype(cursor.seek(std::string_view{}, false)) {
  if (range.after < range.prefix) return cursor.seek(range.prefix, false);
  if (range.after.empty()) return cursor.seek({}, false);
  if (range.after.starts_with(range.prefix)) {
    if (const auto shown = common_prefix(range.after, range.prefix, range.delimiter)) {
      const auto next = after_prefix(*shown);
      if (!next) return nullptr;
      return cursor.seek(*next, false);
    }
  }
  return cursor.seek(range.after, true);
}

}  // namespace detail

/// Walks one page of a listing: calls on_entry(entry) for each entry that is shown as itself and
/// on_common_prefix(prefix) once for each common prefix, both in byte order. Entries under a common
/// prefix are skipped by one seek, so the cost depends on what is shown, not on what is passed
/// over.
///
/// Cursor has seek(key, after) and next() as store::ObjectCursor does, yielding a Result of a
/// pointer to something with a `key`. Fails with what the cursor fails with.
template <typename Cursor, typename OnEntry, typename OnCommonPrefix>
auto walk_listing(Cursor& cursor, const ListingRange& range, OnEntry&& on_entry,
                  OnCommonPrefix&& on_common_prefix)
    -> Result<ListingEnd, typename decltype(cursor.next())::error_type> {
  ListingEnd end;
  if (range.limit == 0) return end;
  auto found = detail::seek_first(cursor, range);
  for (;;) {
    if (!found) return Unexpected{std::move(found).error()};
    const auto* entry = *found;
    if (!entry) break;
    const std::string_view key = entry->key;
    if (!key.starts_with(range.prefix)) break;
    if (end.count == range.limit) {
      end.is_truncated = true;
      break;
    }
    ++end.count;
    if (const auto shown = common_prefix(key, range.prefix, range.delimiter)) {
      on_common_prefix(*shown);
      if (end.count == range.limit) end.last = *shown;
      const auto next = after_prefix(*shown);
      if (!next) break;
      found = cursor.seek(*next, false);
    } else {
      on_entry(*entry);
      if (end.count == range.limit) end.last = key;
      found = cursor.next();
    }
  }
  return end;
}

}  // namespace pail::protocol
