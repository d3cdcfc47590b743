#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/response.h"
#include "sts/issue.h"

namespace pail::sts {

/// The namespace of the Security Token Service's documents.
inline constexpr std::string_view kNamespace = "https://sts.amazonaws.com/doc/2011-06-15/";

/// Texts of elements, in order; those with a '/' stand in an element of the name before it
/// ("AssumedRoleUser/Arn"), next to each other. A value.
using Elements = std::vector<std::pair<std::string, std::string>>;

/// What an action answers.
struct Answer {
  std::string action;  // "AssumeRole"
  std::string request_id;
  Elements elements;
};

/// The four elements of credentials that are handed out.
Elements credential_elements(const IssuedCredentials& issued);

/// <AssumeRoleResponse><AssumeRoleResult>...</AssumeRoleResult><ResponseMetadata>...
http::Response render(const Answer& answer);

/// An error in the shape of the Security Token Service. Errors of signatures and of session tokens
/// have other names and statuses there than in S3.
http::Response render_error(const S3Error& error, std::string_view request_id);

}  // namespace pail::sts
