#include "auth/authenticator.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "auth/accepted_hosts.h"
#include "auth/authorization_header.h"
#include "auth/chunked_body.h"
#include "auth/clock_skew.h"
#include "auth/form_signature.h"
#include "auth/length_range_body.h"
#include "auth/mismatch.h"
#include "auth/mismatch_hint.h"
#include "auth/payload.h"
#include "auth/payload_hash.h"
#include "auth/post_policy.h"
#include "auth/presigned.h"
#include "auth/session_claim.h"
#include "auth/signed_fields.h"
#include "auth/sigv2_header.h"
#include "auth/sigv2_query.h"
#include "auth/sigv4.h"
#include "checksum/digest.h"
#include "error/try.h"
#include "protocol/action_form.h"
#include "protocol/post_form.h"
#include "text/ascii.h"
#include "time/date.h"

namespace pail::auth {
namespace {

using protocol::RoutedRequest;

constexpr std::string_view kUnsignedPayload = "UNSIGNED-PAYLOAD";
constexpr std::string_view kTokenService = "sts";
constexpr std::string_view kGlobalRegion = "us-east-1";
constexpr std::string_view kContentSha256 = "x-amz-content-sha256";

/// What stands for the body in the canonical request.
S3Result<std::string_view> payload_hash(const RoutedRequest& request, const SignatureClaim& claim) {
  const auto sent = request.http.headers.find(kContentSha256);
  if (claim.source == ClaimSource::kHeader) {
    if (sent) return *sent;
    return fail(S3ErrorCode::InvalidRequest,
                "Missing required header for this request: x-amz-content-sha256");
  }
  if (const auto in_query = find_presigned_parameter(request.query, "X-Amz-Content-Sha256")) {
    return *in_query;
  }
  if (sent && is_signed_field(claim.signed_names, kContentSha256)) return *sent;
  return kUnsignedPayload;
}

std::unique_ptr<http::BodyReader> plain_body(const RoutedRequest& request) {
  if (request.http.body == nullptr) return std::make_unique<http::EmptyBody>();
  return std::make_unique<PlainBody>(*request.http.body);
}

S3Result<std::unique_ptr<http::BodyReader>> hashed_body(const RoutedRequest& request,
                                                        std::string_view hash) {
  const auto length = request.http.body ? request.http.body->length_bytes() : 0;
  if (length != 0) return std::make_unique<PayloadHashBody>(*request.http.body, std::string(hash));
  if (text::equals_ignore_case(hash, kEmptyPayloadHash)) return plain_body(request);
  return fail(payload_hash_mismatch(std::string(hash), std::string(kEmptyPayloadHash)));
}

S3Result<std::unique_ptr<http::BodyReader>> chunked_body(const RoutedRequest& request,
                                                         PayloadKind kind,
                                                         std::optional<ChunkSeed> seed) {
  ChunkFraming framing;
  PAIL_TRY(framing.decoded_bytes, decoded_length_bytes(request.http.headers));
  framing.seed = std::move(seed);
  framing.has_trailer_section = kind != PayloadKind::kSignedChunks;
  framing.announced_trailers = announced_trailers(request.http.headers);
  if (request.http.body == nullptr) return fail(S3ErrorCode::MissingContentLength);
  return std::make_unique<ChunkedBody>(*request.http.body, std::move(framing));
}

/// AWS does not take the framing off the body of a presigned request: the value is taken for a hash
/// that no body has, and a length that is not the body's for a body cut short (recorded).
S3Result<std::unique_ptr<http::BodyReader>> presigned_chunked_body(const RoutedRequest& request,
                                                                   std::string_view hash) {
  const auto length = request.http.body ? request.http.body->length_bytes() : 0;
  PAIL_TRY(const std::uint64_t announced, decoded_length_bytes(request.http.headers));
  if (length && *length != announced) {
    return fail(S3Error(S3ErrorCode::IncompleteBody)
                    .with("NumberBytesExpected", std::to_string(announced))
                    .with("NumberBytesProvided", std::to_string(*length))
                    .because("a presigned URL can not take an aws-chunked body"));
  }
  return hashed_body(request, hash);
}

/// Of a request without a signature of Version 4: there is none that chunks could continue from.
S3Result<std::unique_ptr<http::BodyReader>> seedless_body(const RoutedRequest& request) {
  const auto hash = request.http.headers.find(kContentSha256);
  if (!hash) return plain_body(request);
  PAIL_TRY(const PayloadKind kind, parse_payload_kind(*hash));
  switch (kind) {
    case PayloadKind::kUnsigned:
      return plain_body(request);
    case PayloadKind::kHash:
      return hashed_body(request, *hash);
    case PayloadKind::kUnsignedChunksTrailer:
      return chunked_body(request, kind, std::nullopt);
    case PayloadKind::kSignedChunks:
    case PayloadKind::kSignedChunksTrailer:
      break;
  }
  return fail(S3ErrorCode::AccessDenied);
}

}  // namespace

struct Authenticator::Parts {
  Parts(Credentials accepted, AuthenticatorOptions settings, const time::Clock& time_source)
      : credentials(std::move(accepted)),
        options(std::move(settings)),
        clock(time_source),
        hosts(options.names, options.ports) {}

  struct Verified {
    const Credential* credential = nullptr;
    std::unique_ptr<http::BodyReader> body;
  };
  struct Proof {
    const Credential* credential = nullptr;
    ChunkSeed seed;
  };

  S3Result<Verified> verify(const RoutedRequest& request, const SignatureClaim& claim,
                            const SessionClaim& session);
  /// Whose signature it is, if it is right and recent and his token holds.
  S3Result<Proof> prove(const RoutedRequest& request, const SignatureClaim& claim,
                        const SessionClaim& session, std::string_view hash);
  S3Result<Verified> verify_v2(const RoutedRequest& request,
                               std::optional<std::string_view> authorization,
                               const SessionClaim& session) const;
  S3Result<SignatureClaim> parse_action_claim(const RoutedRequest& request) const;
  S3Result<std::unique_ptr<http::BodyReader>> body_of(const RoutedRequest& request,
                                                      const SignatureClaim& claim,
                                                      std::string_view hash, PayloadKind kind,
                                                      ChunkSeed seed) const;
  S3Result<std::string> match(const RoutedRequest& request, const SignatureClaim& claim,
                              const CanonicalInput& input, const SigningKey& key,
                              const std::string& scope) const;

  Credentials credentials;
  AuthenticatorOptions options;
  const time::Clock& clock;
  AcceptedHosts hosts;
  SigningKeys keys;
};

Authenticator::Authenticator(Credentials credentials, AuthenticatorOptions options,
                             const time::Clock& clock)
    : parts_(std::make_unique<Parts>(std::move(credentials), std::move(options), clock)) {}

Authenticator::~Authenticator() = default;

/// The canonical request that was signed: the one of the request as it was sent, or the one under
/// another name of this server.
S3Result<std::string> Authenticator::Parts::match(const RoutedRequest& request,
                                                  const SignatureClaim& claim,
                                                  const CanonicalInput& input,
                                                  const SigningKey& key,
                                                  const std::string& scope) const {
  CanonicalRequest canonical = canonical_request(input);
  const std::string to_sign = string_to_sign(claim.amz_date, scope, canonical.text);
  if (same_signature(claim.signature, sign(key, to_sign))) return std::move(canonical.text);

  const std::string_view host = request.http.headers.find("Host").value_or("");
  if (!options.strict_host && canonical.host_begin != std::string::npos) {
    for (const std::string& other : hosts.candidates(request.address, host, request.raw_path)) {
      std::string text = with_host(canonical, other);
      const std::string other_to_sign = string_to_sign(claim.amz_date, scope, text);
      if (same_signature(claim.signature, sign(key, other_to_sign))) return text;
    }
  }
  const bool own = options.names.is_own(protocol::split_host(host).host) ||
                   request.address.style != protocol::AddressStyle::kPath;
  return fail(signature_does_not_match(
                  {claim.scope.access_key_id, to_sign, claim.signature, canonical.text})
                  .because(explain_mismatch({request, claim, input, key, own})));
}

S3Result<Authenticator::Parts::Proof> Authenticator::Parts::prove(const RoutedRequest& request,
                                                                  const SignatureClaim& claim,
                                                                  const SessionClaim& session,
                                                                  std::string_view hash) {
  PAIL_CHECK(check_signed_fields(request.http.headers, claim.signed_names));
  const CredentialScope& claimed = claim.scope;
  const Credential* credential = session.known(credentials).find(claimed.access_key_id);
  if (credential == nullptr) {
    return fail(session.refine(
        S3Error(S3ErrorCode::InvalidAccessKeyId)
            .with("AWSAccessKeyId", std::string(claimed.access_key_id))
            .because("the access key id is none of those that pail was started with")));
  }
  const std::string path = canonical_path(request.raw_path);
  const std::string query = canonical_query(request.query);
  const CanonicalInput input{
      request.http.method,  path, query, &request.http.headers, claim.signed_names,
      claim.signed_headers, hash};
  const SigningKey key = keys.find_or_derive(claimed.access_key_id, credential->secret_access_key,
                                             claimed.date, claimed.region, claimed.service);
  std::string scope = credential_scope(claimed.date, claimed.region, claimed.service);
  PAIL_TRY(std::string canonical, match(request, claim, input, key, scope));
  // Only who holds the secret is told about his clock and his token.
  const time::Timestamp now = clock.now();
  PAIL_CHECK(claim.source == ClaimSource::kQuery
                 ? check_presigned_time(claim, signing_time(clock, claim.time), now)
                 : check_clock_skew(claim.time, claim.amz_date, senders_now(clock, claim.time)));
  PAIL_CHECK(session.check(now));
  return Proof{credential,
               ChunkSeed{key, claim.amz_date, std::move(scope), text::to_lower(claim.signature),
                         std::string(claimed.access_key_id), std::move(canonical)}};
}

S3Result<Authenticator::Parts::Verified> Authenticator::Parts::verify(const RoutedRequest& request,
                                                                      const SignatureClaim& claim,
                                                                      const SessionClaim& session) {
  PAIL_TRY(const std::string_view hash, payload_hash(request, claim));
  PAIL_TRY(const PayloadKind kind, parse_payload_kind(hash));
  PAIL_TRY(auto proof, prove(request, claim, session, hash));
  PAIL_TRY(auto body, body_of(request, claim, hash, kind, std::move(proof.seed)));
  return Verified{proof.credential, std::move(body)};
}

S3Result<Authenticator::Parts::Verified> Authenticator::Parts::verify_v2(
    const RoutedRequest& request, std::optional<std::string_view> authorization,
    const SessionClaim& session) const {
  const time::Timestamp now = clock.now();
  const Credentials& known = session.known(credentials);
  auto credential = authorization
                        ? verify_sigv2_header(request, *authorization, known, clock.machine_now())
                        : verify_sigv2_query(request, known, now);
  if (!credential) return fail(session.refine(std::move(credential).error()));
  PAIL_CHECK(session.check(now));
  PAIL_TRY(auto body, seedless_body(request));
  return Verified{*credential, std::move(body)};
}

/// SDKs sign for their own region, and for us-east-1 where they use the global endpoint.
S3Result<SignatureClaim> Authenticator::Parts::parse_action_claim(
    const RoutedRequest& request) const {
  const auto authorization = request.http.headers.find("Authorization");
  const auto parse = [&](std::string_view region) {
    return authorization ? parse_authorization_header(*authorization, request.http.headers, region,
                                                      kTokenService)
                         : parse_presigned(request.query, region, kTokenService);
  };
  auto claim = parse(options.region);
  if (claim || options.region == kGlobalRegion) return claim;
  auto global = parse(kGlobalRegion);
  // Of two complaints the one that does not speak of the region.
  const bool is_global = global || global.error().message.size() < claim.error().message.size();
  return is_global ? std::move(global) : std::move(claim);
}

S3Result<std::unique_ptr<http::BodyReader>> Authenticator::Parts::body_of(
    const RoutedRequest& request, const SignatureClaim& claim, std::string_view hash,
    PayloadKind kind, ChunkSeed seed) const {
  switch (kind) {
    case PayloadKind::kUnsigned:
      PAIL_CHECK(check_unsigned_encoding(request.http.headers));
      return plain_body(request);
    case PayloadKind::kHash:
      return hashed_body(request, hash);
    case PayloadKind::kUnsignedChunksTrailer:
    case PayloadKind::kSignedChunks:
    case PayloadKind::kSignedChunksTrailer:
      break;
  }
  if (claim.source == ClaimSource::kQuery) return presigned_chunked_body(request, hash);
  if (kind == PayloadKind::kUnsignedChunksTrailer) return chunked_body(request, kind, std::nullopt);
  return chunked_body(request, kind, std::move(seed));
}

/// What the policy allows is checked here too, but for the size of the file, which is checked as it
/// is read.
S3Result<AuthenticatedRequest> Authenticator::authenticate_form(
    const RoutedRequest& request) const {
  if (!request.form) return fail(S3ErrorCode::MalformedPOSTRequest);
  const protocol::FormFields& fields = request.form->fields();
  const AuthenticatorOptions& options = parts_->options;
  const SessionClaim session(request, options.sessions.get());
  auto signer = verify_form_signature(fields, session.known(parts_->credentials), parts_->keys,
                                      options.region, options.accepts_sigv2);
  if (!signer) return fail(session.refine(std::move(signer).error()));
  const Credential* credential = *signer;
  if (credential == nullptr) {
    return AuthenticatedRequest(request, {}, AuthenticationKind::kAnonymous,
                                std::make_unique<PlainBody>(request.form->file()));
  }
  PAIL_TRY(const PostPolicy policy, PostPolicy::parse(fields.find("policy").value_or("")));
  PAIL_TRY(const ContentLengthRange range,
           policy.check(fields, request.address.bucket, parts_->clock.now()));
  PAIL_CHECK(session.check(parts_->clock.now()));
  return AuthenticatedRequest(request, credential->identity, AuthenticationKind::kForm,
                              std::make_unique<LengthRangeBody>(request.form->file(), range));
}

/// The body has been read, since the signature covers it.
S3Result<AuthenticatedRequest> Authenticator::authenticate_action(
    const RoutedRequest& request) const {
  if (!request.action) return fail(S3ErrorCode::MissingAuthenticationToken);
  auto no_body = std::make_unique<http::EmptyBody>();
  if (request.operation.name == "AssumeRoleWithWebIdentity") {
    PAIL_CHECK(parts_->options.providers.check(request.action->get("WebIdentityToken"),
                                               parts_->clock.now()));
    return AuthenticatedRequest(request, {}, AuthenticationKind::kAnonymous, std::move(no_body));
  }
  const bool presigned = is_presigned(request.query);
  if (!presigned && !request.http.headers.contains("Authorization")) {
    return fail(S3ErrorCode::MissingAuthenticationToken);
  }
  PAIL_TRY(const SignatureClaim claim, parts_->parse_action_claim(request));
  const SessionClaim session(request, parts_->options.sessions.get());
  const std::string hash = checksum::sha256_hex(request.action->body);
  PAIL_TRY(const auto proof, parts_->prove(request, claim, session, hash));
  return AuthenticatedRequest(request, proof.credential->identity,
                              presigned ? AuthenticationKind::kQuery : AuthenticationKind::kHeader,
                              std::move(no_body));
}

S3Result<AuthenticatedRequest> Authenticator::authenticate(const RoutedRequest& request) const {
  if (request.operation.entry == protocol::Entry::kPreflight) {
    return AuthenticatedRequest(request, {}, AuthenticationKind::kAnonymous, plain_body(request));
  }
  if (request.operation.entry == protocol::Entry::kForm) return authenticate_form(request);
  if (request.operation.entry == protocol::Entry::kAction) return authenticate_action(request);
  const SessionClaim session(request, parts_->options.sessions.get());
  auto authorization = request.http.headers.find("Authorization");
  if (authorization && text::trim(*authorization).empty()) authorization.reset();
  const bool presigned = is_presigned(request.query);
  const bool presigned_v2 = !presigned && is_sigv2_query(request.query);
  if (authorization && (presigned || presigned_v2)) {
    return invalid_argument(
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature "
        "query string parameter or the Authorization header should be specified",
        "Authorization", std::string(*authorization));
  }
  const bool signed_v2 =
      authorization && parts_->options.accepts_sigv2 && is_sigv2_header(*authorization);
  if (presigned_v2 || signed_v2) {
    PAIL_TRY(auto verified, parts_->verify_v2(request, authorization, session));
    return AuthenticatedRequest(
        request, verified.credential->identity,
        signed_v2 ? AuthenticationKind::kHeader : AuthenticationKind::kQuery,
        std::move(verified.body));
  }
  if (!authorization && !presigned) {
    PAIL_TRY(auto body, seedless_body(request));
    return AuthenticatedRequest(request, {}, AuthenticationKind::kAnonymous, std::move(body));
  }
  const std::string& region = parts_->options.region;
  PAIL_TRY(const SignatureClaim claim,
           presigned ? parse_presigned(request.query, region)
                     : parse_authorization_header(*authorization, request.http.headers, region));
  PAIL_TRY(auto verified, parts_->verify(request, claim, session));
  return AuthenticatedRequest(request, verified.credential->identity,
                              presigned ? AuthenticationKind::kQuery : AuthenticationKind::kHeader,
                              std::move(verified.body));
}

std::optional<SignatureDiagnosis> Authenticator::diagnose(const RoutedRequest& request,
                                                          const S3Error& error) const {
  const auto shown = [&error](std::string_view name) -> std::string_view {
    const auto found = std::ranges::find(error.fields, name, &S3Error::Field::name);
    return found == error.fields.end() ? std::string_view{} : std::string_view(found->value);
  };
  const SessionClaim session(request, parts_->options.sessions.get());
  const Credential* credential = session.known(parts_->credentials).find(shown("AWSAccessKeyId"));
  if (credential == nullptr || shown("CanonicalRequest").empty()) return std::nullopt;
  const std::string_view host = request.http.headers.find("Host").value_or("");
  return diagnose_mismatch({credential->secret_access_key, shown("SignatureProvided"),
                            shown("CanonicalRequest"), shown("StringToSign"), request.raw_path,
                            request.raw_query, request.address.bucket,
                            parts_->hosts.candidates(request.address, host, request.raw_path)});
}

}  // namespace pail::auth
