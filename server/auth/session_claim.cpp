#include "auth/session_claim.h"

#include <string>
#include <utility>

#include "auth/presigned.h"
#include "protocol/post_form.h"

namespace pail::auth {
namespace {

std::optional<std::string_view> find_token(const protocol::RoutedRequest& request) {
  auto token = request.http.headers.find("x-amz-security-token");
  if (!token) token = find_presigned_parameter(request.query, "X-Amz-Security-Token");
  if (request.form) token = request.form->fields().find("x-amz-security-token");
  if (token && token->empty()) token.reset();
  return token;
}

}  // namespace

SessionClaim::SessionClaim(const protocol::RoutedRequest& request, const SessionTokens* tokens)
    : token_(find_token(request)) {
  if (!token_ || tokens == nullptr) return;
  auto credential = tokens->open(*token_);
  if (!credential) return;
  expires_ = credential->identity.session->expires;
  own_.add(std::move(*credential));
}

S3Error SessionClaim::invalid() const {
  return S3Error(S3ErrorCode::InvalidToken)
      .with("Token-0", std::string(*token_))
      .because(
          "the session token belongs to another access key or was not issued by this server: for "
          "permanent credentials leave AWS_SESSION_TOKEN unset");
}

S3Result<void> SessionClaim::check(time::Timestamp now) const {
  if (!token_) return {};
  if (!expires_) return fail(invalid());
  if (now < *expires_) return {};
  return fail(S3Error(S3ErrorCode::ExpiredToken).with("Token-0", std::string(*token_)));
}

S3Error SessionClaim::refine(S3Error error) const {
  if (!token_ || error.code != S3ErrorCode::InvalidAccessKeyId) return error;
  return invalid();
}

}  // namespace pail::auth
