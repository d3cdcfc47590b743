#include <array>
#include <optional>
#include <utility>

#include "access/acl.h"
#include "error/try.h"
#include "text/ascii.h"
#include "xml/reader.h"
#include "xml/writer.h"

namespace pail::access {
namespace {

using model::Acl;
using model::Grant;
using model::Grantee;
using model::Permission;

/// As AWS takes.
constexpr std::size_t kGrantsMost = 100;
constexpr std::string_view kCannedHeader = "x-amz-acl";
constexpr std::string_view kSchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

struct PermissionName {
  std::string_view in_xml;
  std::string_view in_header;
  Permission permission;
};
constexpr auto kPermissionNames = std::to_array<PermissionName>({
    {"READ", "x-amz-grant-read", Permission::kRead},
    {"WRITE", "x-amz-grant-write", Permission::kWrite},
    {"READ_ACP", "x-amz-grant-read-acp", Permission::kReadAcp},
    {"WRITE_ACP", "x-amz-grant-write-acp", Permission::kWriteAcp},
    {"FULL_CONTROL", "x-amz-grant-full-control", Permission::kFullControl},
});

std::string_view name_of(Permission permission) {
  for (const PermissionName& name : kPermissionNames) {
    if (name.permission == permission) return name.in_xml;
  }
  return {};
}

std::optional<Permission> parse_permission(std::string_view name) {
  for (const PermissionName& known : kPermissionNames) {
    if (known.in_xml == name) return known.permission;
  }
  return std::nullopt;
}

/// How AWS names an argument that is wrong, in a header and in the document.
struct ArgumentNames {
  const char* id;
  const char* uri;
  const char* email;
};
constexpr ArgumentNames kHeaderArguments{"id", "uri", "emailAddress"};
constexpr ArgumentNames kDocumentArguments{"CanonicalUser/ID", "Group/URI",
                                           "AmazonCustomerByEmail/EmailAddress"};

S3Result<Grantee> user_grantee(std::string id, const auth::Directory* directory,
                               const ArgumentNames& names) {
  if (directory != nullptr && directory->find_account_by_canonical_id(id) == nullptr) {
    return invalid_argument("Invalid id", names.id, std::move(id));
  }
  return Grantee{Grantee::Kind::kCanonicalUser, std::move(id)};
}

S3Result<Grantee> group_grantee(std::string uri, const ArgumentNames& names) {
  if (uri != kAllUsersGroup && uri != kAuthenticatedUsersGroup && uri != kLogDeliveryGroup) {
    return invalid_argument("Invalid group uri", names.uri, std::move(uri));
  }
  return Grantee{Grantee::Kind::kGroup, std::move(uri)};
}

S3Result<Grantee> email_grantee(const std::string& email, const auth::Directory* directory) {
  const auth::Account* account = directory ? directory->find_account_by_email(email) : nullptr;
  if (account == nullptr) return fail(S3ErrorCode::UnresolvableGrantByEmailAddress);
  return Grantee{Grantee::Kind::kCanonicalUser, account->canonical_id};
}

/// One `id="…"` of a grant header.
S3Result<Grantee> parse_header_grantee(std::string_view entry, std::string_view header,
                                       std::string_view field, const auth::Directory& directory) {
  const auto equals = entry.find('=');
  const std::string kind =
      text::to_lower(text::trim(entry.substr(0, std::min(equals, entry.size()))));
  std::string_view value =
      equals == std::string_view::npos ? std::string_view() : text::trim(entry.substr(equals + 1));
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
    value = value.substr(1, value.size() - 2);
  }
  if (kind == "id") return user_grantee(std::string(value), &directory, kHeaderArguments);
  if (kind == "uri") return group_grantee(std::string(value), kHeaderArguments);
  if (kind == "emailaddress") return email_grantee(std::string(value), &directory);
  return invalid_argument("Argument format not recognized", std::string(header),
                          std::string(field));
}

S3Result<Acl> parse_grant_headers(const http::HeaderMap& headers,
                                  const auth::Directory& directory) {
  Acl acl;
  for (const PermissionName& name : kPermissionNames) {
    const auto field = headers.find(name.in_header);
    if (!field) continue;
    for (const std::string_view entry : text::split(*field, ',')) {
      PAIL_TRY(Grantee grantee, parse_header_grantee(entry, name.in_header, *field, directory));
      acl.grants.push_back({std::move(grantee), name.permission});
      if (acl.grants.size() > kGrantsMost) return fail(S3ErrorCode::MalformedACLError);
    }
  }
  return acl;
}

/// Without a directory any user will do.
S3Result<Grantee> parse_document_grantee(const xml::Element& element,
                                         const auth::Directory* directory) {
  const std::string type = element.attribute("type").value_or("");
  auto id = element.child_text("ID");
  auto uri = element.child_text("URI");
  auto email = element.child_text("EmailAddress");
  if (type == "CanonicalUser" && id) {
    return user_grantee(std::move(*id), directory, kDocumentArguments);
  }
  if (type == "Group" && uri) return group_grantee(std::move(*uri), kDocumentArguments);
  if (type == "AmazonCustomerByEmail" && email) return email_grantee(*email, directory);
  return fail(S3ErrorCode::MalformedACLError);
}

S3Result<Grant> parse_grant(const xml::Element& element, const auth::Directory* directory) {
  const auto grantee = element.child("Grantee");
  const auto permission = parse_permission(element.child_text("Permission").value_or(""));
  if (!grantee || !permission) return fail(S3ErrorCode::MalformedACLError);
  PAIL_TRY(Grantee parsed, parse_document_grantee(*grantee, directory));
  return Grant{std::move(parsed), *permission};
}

S3Result<Acl> parse_grants(const xml::Element& list, const auth::Directory* directory) {
  Acl acl;
  for (const xml::Element& element : list.children("Grant")) {
    PAIL_TRY(Grant grant, parse_grant(element, directory));
    acl.grants.push_back(std::move(grant));
    if (acl.grants.size() > kGrantsMost) return fail(S3ErrorCode::MalformedACLError);
  }
  return acl;
}

void write_grant(xml::XmlWriter& xml, const Grant& grant) {
  const bool is_group = grant.grantee.kind == Grantee::Kind::kGroup;
  xml.open("Grant");
  xml.open("Grantee",
           {{"xmlns:xsi", kSchemaInstance}, {"xsi:type", is_group ? "Group" : "CanonicalUser"}});
  xml.element(is_group ? "URI" : "ID", std::string_view(grant.grantee.id));
  xml.close("Grantee");
  xml.element("Permission", name_of(grant.permission));
  xml.close("Grant");
}

}  // namespace

bool has_acl_headers(const http::HeaderMap& headers) {
  if (headers.contains(kCannedHeader)) return true;
  for (const PermissionName& name : kPermissionNames) {
    if (headers.contains(name.in_header)) return true;
  }
  return false;
}

S3Result<std::optional<Acl>> parse_acl_headers(const http::HeaderMap& headers,
                                               const AclOwners& owners,
                                               const auth::Directory& directory) {
  PAIL_TRY(Acl granted, parse_grant_headers(headers, directory));
  const auto canned = headers.find(kCannedHeader);
  if (!canned) {
    if (granted.grants.empty()) return std::optional<Acl>();
    return std::optional(std::move(granted));
  }
  auto expanded = expand_canned_acl(*canned, owners);
  if (!expanded) return invalid_argument("", std::string(kCannedHeader), std::string(*canned));
  if (!granted.grants.empty()) {
    return fail(S3ErrorCode::InvalidRequest,
                "Specifying both Canned ACLs and Header Grants is not allowed");
  }
  return expanded;
}

S3Result<Acl> parse_acl_document(std::string_view text, std::string_view owner_id,
                                 const auth::Directory& directory) {
  const auto document = xml::Document::parse(text);
  if (!document || document->root().name() != "AccessControlPolicy") {
    return fail(S3ErrorCode::MalformedACLError);
  }
  const auto owner = document->root().child("Owner");
  const auto list = document->root().child("AccessControlList");
  if (!owner || !list) return fail(S3ErrorCode::MalformedACLError);
  const auto owner_given = owner->child_text("ID");
  if (!owner_given) return fail(S3ErrorCode::MalformedACLError);
  if (*owner_given != owner_id) {
    if (directory.find_account_by_canonical_id(*owner_given) == nullptr) {
      return invalid_argument("Invalid id", kDocumentArguments.id, *owner_given);
    }
    return fail(S3Error(S3ErrorCode::AccessDenied).because("an ACL can not change the owner"));
  }
  return parse_grants(*list, &directory);
}

S3Result<Acl> read_stored_acl(std::string_view text) {
  const auto document = xml::Document::parse(text);
  const auto list = document ? document->root().child("AccessControlList") : std::nullopt;
  if (!list) return fail(S3ErrorCode::MalformedACLError);
  return parse_grants(*list, nullptr);
}

std::string render_acl(const std::optional<Acl>& acl, std::string_view owner_id) {
  std::string out;
  xml::XmlWriter xml(out);
  xml.declaration();
  xml.open_root("AccessControlPolicy");
  xml.open("Owner");
  xml.element("ID", owner_id);
  xml.close("Owner");
  xml.open("AccessControlList");
  if (acl) {
    for (const Grant& grant : acl->grants) write_grant(xml, grant);
  } else {
    write_grant(xml,
                {{Grantee::Kind::kCanonicalUser, std::string(owner_id)}, Permission::kFullControl});
  }
  xml.close("AccessControlList");
  xml.close("AccessControlPolicy");
  return out;
}

}  // namespace pail::access
