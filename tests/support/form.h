#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/loopback.h"

namespace pail::test {

/// A form as a browser sends it.
struct Form {
  std::vector<std::pair<std::string, std::string>> fields = {};
  std::optional<std::string> file = "content";
  std::optional<std::string> file_name = "a.txt";
  /// Fields behind the file.
  std::vector<std::pair<std::string, std::string>> late_fields = {};

  [[nodiscard]] std::string body() const;
  /// Its content type, and what else is given.
  [[nodiscard]] Headers headers(Headers more = {}) const;
};

/// The fields that sign a policy: Signature Version 4, and the conditions that the signature needs
/// itself. `conditions` is a list in JSON without its brackets; the access key is one of
/// Loopback's, its owner's unless another is named.
std::vector<std::pair<std::string, std::string>> signed_policy(
    const std::string& conditions, const std::string& access_key_id = "AKIDLOOPBACK");

/// The form, signed for the bucket "bucket", with a condition that lets each of its fields be, and
/// `more_conditions`.
Form signed_form(Form form, const std::string& more_conditions = {},
                 const std::string& access_key_id = "AKIDLOOPBACK");

/// Posts the form to the bucket.
Answer post(Loopback& server, const std::string& bucket, const Form& form,
            const Headers& headers = {});

}  // namespace pail::test
