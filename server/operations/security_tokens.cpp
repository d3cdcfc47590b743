#include <chrono>
#include <optional>
#include <utility>

#include "auth/web_identity.h"
#include "operations/operation.h"
#include "sts/answer.h"
#include "sts/issue.h"
#include "sts/session_request.h"

// The actions of the Security Token Service.
namespace pail::operations {
namespace {

/// What every action needs of its request.
struct Caller {
  auth::Identity identity;
  std::string request_id;
};

Caller caller_of(const AuthorizedRequest& request) {
  return {request.identity(), request.routed().request_id};
}

struct SessionInput {
  Caller caller;
  sts::SessionRequest session;
};

S3Result<SessionInput> session_input(const AuthorizedRequest& request,
                                     S3Result<sts::SessionRequest> parsed) {
  PAIL_TRY(auto session, std::move(parsed));
  return SessionInput{caller_of(request), std::move(session)};
}

const protocol::ActionForm& form_of(const AuthorizedRequest& request) {
  return *request.routed().action;
}

S3Result<sts::Issuer> issuer_of(OperationContext& context) {
  if (!context.sessions) {
    return fail(S3Error(S3ErrorCode::NotImplemented).because("no key for session tokens was made"));
  }
  return sts::Issuer{*context.sessions, context.random, context.clock.now(), context.key_suffix};
}

/// The authorizer has seen the role; without one the request is wrong in itself.
S3Result<const auth::Role*> find_role(const OperationContext& context,
                                      const sts::SessionRequest& session) {
  const auth::Role* role = context.directory.find_role(session.role_arn);
  if (role == nullptr) {
    return fail(S3ErrorCode::ValidationError, session.role_arn + " is invalid");
  }
  if (session.duration > role->session_most) {
    return fail(S3Error(S3ErrorCode::ValidationError,
                        "The requested DurationSeconds exceeds the MaxSessionDuration set for this "
                        "role.")
                    .because("as on AWS a role's sessions last an hour at most unless "
                             "--role-session-most says otherwise"));
  }
  return role;
}

void append(sts::Elements& elements, sts::Elements more) {
  for (auto& element : more) elements.push_back(std::move(element));
}

void append_packed_size(sts::Elements& elements, std::optional<unsigned> percent) {
  if (percent) elements.emplace_back("PackedPolicySize", std::to_string(*percent));
}

sts::Elements role_user_elements(const auth::Identity& identity) {
  return {{"AssumedRoleUser/AssumedRoleId", identity.user_id},
          {"AssumedRoleUser/Arn", identity.arn}};
}

}  // namespace

struct GetCallerIdentity {
  using Input = Caller;
  using Output = sts::Answer;

  static S3Result<Input> parse(const AuthorizedRequest& request) { return caller_of(request); }

  static S3Result<Output> run(OperationContext&, Input input) {
    const auth::Identity& identity = input.identity;
    return Output{
        "GetCallerIdentity",
        std::move(input.request_id),
        {{"Arn", identity.arn}, {"UserId", identity.user_id}, {"Account", identity.account_id}}};
  }

  static http::Response render(const Output& output) { return sts::render(output); }
};
PAIL_OPERATION(GetCallerIdentity);

struct AssumeRole {
  using Input = SessionInput;
  using Output = sts::Answer;

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    return session_input(request, sts::parse_assume_role(form_of(request)));
  }

  static S3Result<Output> run(OperationContext& context, Input input) {
    // Whoever is in a role already gets the next one for an hour at most.
    constexpr std::chrono::hours kChainedMost{1};
    const bool is_chained = input.caller.identity.principal_type == "AssumedRole";
    if (is_chained && input.session.duration > kChainedMost) {
      return fail(S3ErrorCode::ValidationError,
                  "The requested DurationSeconds exceeds the 1 hour session limit for roles "
                  "assumed by role chaining");
    }
    PAIL_TRY(const sts::Issuer issuer, issuer_of(context));
    PAIL_TRY(const auth::Role* role, find_role(context, input.session));
    PAIL_CHECK(sts::resolve_policies(context.directory, input.session));
    const auto packed = input.session.packed_percent;
    const std::string source_identity = input.session.source_identity;
    const auto issued = sts::issue_role_session(issuer, *role, std::move(input.session));
    Output output{"AssumeRole", std::move(input.caller.request_id),
                  role_user_elements(issued.credential.identity)};
    append(output.elements, sts::credential_elements(issued));
    append_packed_size(output.elements, packed);
    if (!source_identity.empty()) output.elements.emplace_back("SourceIdentity", source_identity);
    return output;
  }

  static http::Response render(const Output& output) { return sts::render(output); }
};
PAIL_OPERATION(AssumeRole);

struct AssumeRoleWithWebIdentity {
  struct Input {
    SessionInput session;
    auth::WebIdentity claims;
  };
  using Output = sts::Answer;

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    const auto& form = form_of(request);
    PAIL_TRY(auto session, session_input(request, sts::parse_assume_role_with_web_identity(form)));
    PAIL_TRY(auto claims,
             auth::WebIdentity::read(form.get("WebIdentityToken"), request.routed().received));
    return Input{std::move(session), std::move(claims)};
  }

  static S3Result<Output> run(OperationContext& context, Input input) {
    PAIL_TRY(const sts::Issuer issuer, issuer_of(context));
    sts::SessionRequest& session = input.session.session;
    PAIL_TRY(const auth::Role* role, find_role(context, session));
    PAIL_CHECK(sts::resolve_policies(context.directory, session));
    const auto packed = session.packed_percent;
    const auto issued = sts::issue_role_session(issuer, *role, std::move(session));
    Output output{"AssumeRoleWithWebIdentity", std::move(input.session.caller.request_id),
                  role_user_elements(issued.credential.identity)};
    append(output.elements, sts::credential_elements(issued));
    append_packed_size(output.elements, packed);
    append(output.elements, {{"SubjectFromWebIdentityToken", input.claims.subject},
                             {"Audience", input.claims.audiences.front()},
                             {"Provider", std::string(input.claims.provider())}});
    return output;
  }

  static http::Response render(const Output& output) { return sts::render(output); }
};
PAIL_OPERATION(AssumeRoleWithWebIdentity);

struct GetSessionToken {
  using Input = SessionInput;
  using Output = sts::Answer;

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    return session_input(request, sts::parse_get_session_token(form_of(request)));
  }

  static S3Result<Output> run(OperationContext& context, Input input) {
    PAIL_TRY(const sts::Issuer issuer, issuer_of(context));
    const auto issued =
        sts::issue_session_token(issuer, input.caller.identity, std::move(input.session));
    return Output{"GetSessionToken", std::move(input.caller.request_id),
                  sts::credential_elements(issued)};
  }

  static http::Response render(const Output& output) { return sts::render(output); }
};
PAIL_OPERATION(GetSessionToken);

struct GetFederationToken {
  using Input = SessionInput;
  using Output = sts::Answer;

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    return session_input(request, sts::parse_get_federation_token(form_of(request)));
  }

  static S3Result<Output> run(OperationContext& context, Input input) {
    PAIL_TRY(const sts::Issuer issuer, issuer_of(context));
    PAIL_CHECK(sts::resolve_policies(context.directory, input.session));
    const auto packed = input.session.packed_percent;
    const auto issued =
        sts::issue_federation_token(issuer, input.caller.identity, std::move(input.session));
    const auth::Identity& identity = issued.credential.identity;
    Output output{"GetFederationToken", std::move(input.caller.request_id),
                  sts::credential_elements(issued)};
    append(output.elements, {{"FederatedUser/FederatedUserId", identity.user_id},
                             {"FederatedUser/Arn", identity.arn}});
    append_packed_size(output.elements, packed);
    return output;
  }

  static http::Response render(const Output& output) { return sts::render(output); }
};
PAIL_OPERATION(GetFederationToken);

}  // namespace pail::operations
