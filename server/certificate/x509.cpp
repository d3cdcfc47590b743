#include "certificate/x509.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <ctime>
#include <memory>
#include <utility>

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "error/try.h"

namespace pail::certificate {
namespace {

constexpr long kVersion3 = 2;

template <auto kFree>
struct FreedBy {
  template <typename T>
  void operator()(T* pointer) const {
    kFree(pointer);
  }
};
void free_extension_name(GENERAL_NAME* name) { GENERAL_NAME_free(name); }
void free_names(GENERAL_NAMES* names) { GENERAL_NAMES_free(names); }

using Key = std::unique_ptr<EVP_PKEY, FreedBy<&EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, FreedBy<&X509_free>>;
using Memory = std::unique_ptr<BIO, FreedBy<&BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, FreedBy<&X509_EXTENSION_free>>;
using AlternativeName = std::unique_ptr<GENERAL_NAME, FreedBy<&free_extension_name>>;
using AlternativeNames = std::unique_ptr<GENERAL_NAMES, FreedBy<&free_names>>;

Unexpected<std::string> library_failure(const char* what) {
  std::array<char, 256> reason{};
  ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
  ERR_clear_error();
  return Unexpected{std::string("cannot make a certificate: ") + what + ": " + reason.data()};
}

Key make_key() {
  // What EVP_EC_gen() stands for, which casts the const of a name away.
  std::string curve = "P-256";
  return Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve.data()));
}

std::string take_text(BIO* memory) {
  char* data = nullptr;
  const long length = BIO_get_mem_data(memory, &data);
  return {data, static_cast<std::size_t>(std::max(length, 0L))};
}

Result<PemPair, std::string> to_pem(X509* certificate, EVP_PKEY* key) {
  const Memory certificate_text(BIO_new(BIO_s_mem()));
  const Memory key_text(BIO_new(BIO_s_mem()));
  if (!certificate_text || !key_text ||
      PEM_write_bio_X509(certificate_text.get(), certificate) != 1 ||
      PEM_write_bio_PrivateKey(key_text.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return library_failure("PEM");
  }
  return PemPair{take_text(certificate_text.get()), take_text(key_text.get())};
}

Memory open_text(const std::string& text) {
  return Memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

Certificate read_certificate(const std::string& pem) {
  const Memory text = open_text(pem);
  return Certificate(text ? PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr) : nullptr);
}

Key read_key(const std::string& pem) {
  // A key of ours has no passphrase; without this the library would ask on the terminal.
  constexpr auto kNoPassphrase = [](char*, int, int, void*) { return -1; };
  const Memory text = open_text(pem);
  return Key(text ? PEM_read_bio_PrivateKey(text.get(), nullptr, kNoPassphrase, nullptr) : nullptr);
}

bool set_serial(X509* certificate) {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return false;
  bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7f) | 0x40);  // positive, of full length
  const std::unique_ptr<BIGNUM, FreedBy<&BN_free>> number(
      BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_validity(X509* certificate, Time from, Time until) {
  return ASN1_TIME_set(X509_getm_notBefore(certificate),
                       std::chrono::system_clock::to_time_t(from)) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(certificate),
                       std::chrono::system_clock::to_time_t(until)) != nullptr;
}

bool set_common_name(X509* certificate, const std::string& name) {
  return X509_NAME_add_entry_by_txt(
             X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
             reinterpret_cast<const unsigned char*>(name.data()),  // NOLINT: the library's bytes
             static_cast<int>(name.size()), -1, 0) == 1;
}

bool add_extension(X509* certificate, X509* issuer, int kind, const char* value) {
  X509V3_CTX context{};
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_nconf_nid(nullptr, &context, kind, value));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

/// "127.0.0.1" and "::1" as their 4 or 16 bytes.
std::string address_bytes(const std::string& name) {
  std::string bytes(4, '\0');
  if (::inet_pton(AF_INET, name.c_str(), bytes.data()) == 1) return bytes;
  bytes.resize(16);
  if (::inet_pton(AF_INET6, name.c_str(), bytes.data()) == 1) return bytes;
  return {};
}

bool append_name(GENERAL_NAMES* names, const std::string& name) {
  const std::string address = address_bytes(name);
  const std::string& content = address.empty() ? name : address;
  AlternativeName entry(GENERAL_NAME_new());
  std::unique_ptr<ASN1_STRING, FreedBy<&ASN1_STRING_free>> text(
      address.empty() ? ASN1_IA5STRING_new() : ASN1_OCTET_STRING_new());
  if (!entry || !text ||
      ASN1_STRING_set(text.get(), content.data(), static_cast<int>(content.size())) != 1) {
    return false;
  }
  GENERAL_NAME_set0_value(entry.get(), address.empty() ? GEN_DNS : GEN_IPADD, text.release());
  if (sk_GENERAL_NAME_push(names, entry.get()) <= 0) return false;
  static_cast<void>(entry.release());  // the list's now
  return true;
}

bool add_names(X509* certificate, const std::vector<std::string>& names) {
  const AlternativeNames list(GENERAL_NAMES_new());
  if (!list) return false;
  for (const std::string& name : names) {
    if (!append_name(list.get(), name)) return false;
  }
  return X509_add1_ext_i2d(certificate, NID_subject_alt_name, list.get(), 0, X509V3_ADD_DEFAULT) ==
         1;
}

/// All that authority and server have in common, before extensions and signature.
bool fill(X509* certificate, EVP_PKEY* key, const std::string& common_name, Time from, Time until) {
  return X509_set_version(certificate, kVersion3) == 1 && set_serial(certificate) &&
         set_validity(certificate, from, until) && set_common_name(certificate, common_name) &&
         X509_set_pubkey(certificate, key) == 1;
}

bool sign(X509* certificate, EVP_PKEY* key) {
  return X509_sign(certificate, key, EVP_sha256()) > 0;
}

}  // namespace

Result<PemPair, std::string> make_authority(const std::string& common_name, Time from, Time until) {
  const Key key = make_key();
  const Certificate made(X509_new());
  X509* const certificate = made.get();
  if (!key || !made || !fill(certificate, key.get(), common_name, from, until) ||
      X509_set_issuer_name(certificate, X509_get_subject_name(certificate)) != 1 ||
      !add_extension(certificate, certificate, NID_basic_constraints,
                     "critical,CA:TRUE,pathlen:0") ||
      !add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign") ||
      !add_extension(certificate, certificate, NID_subject_key_identifier, "hash") ||
      !sign(certificate, key.get())) {
    return library_failure("authority");
  }
  return to_pem(certificate, key.get());
}

Result<PemPair, std::string> make_server_certificate(const PemPair& authority,
                                                     const std::vector<std::string>& names,
                                                     Time from, Time until) {
  const Certificate issuer = read_certificate(authority.certificate);
  const Key issuer_key = read_key(authority.private_key);
  const Key key = make_key();
  const Certificate made(X509_new());
  X509* const certificate = made.get();
  if (!issuer || !issuer_key || !key || !made || names.empty() ||
      !fill(certificate, key.get(), "pail", from, until) ||
      X509_set_issuer_name(certificate, X509_get_subject_name(issuer.get())) != 1 ||
      !add_extension(certificate, issuer.get(), NID_basic_constraints, "critical,CA:FALSE") ||
      !add_extension(certificate, issuer.get(), NID_key_usage, "critical,digitalSignature") ||
      !add_extension(certificate, issuer.get(), NID_ext_key_usage, "serverAuth") ||
      !add_extension(certificate, issuer.get(), NID_subject_key_identifier, "hash") ||
      !add_extension(certificate, issuer.get(), NID_authority_key_identifier, "keyid:always") ||
      !add_names(certificate, names) || !sign(certificate, issuer_key.get())) {
    return library_failure("server");
  }
  return to_pem(certificate, key.get());
}

std::optional<Time> end_of_validity(const PemPair& pair) {
  const Certificate certificate = read_certificate(pair.certificate);
  const Key key = read_key(pair.private_key);
  std::tm end{};
  const bool is_whole = certificate && key &&
                        X509_check_private_key(certificate.get(), key.get()) == 1 &&
                        ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &end) == 1;
  ERR_clear_error();
  if (!is_whole) return std::nullopt;
  return std::chrono::system_clock::from_time_t(::timegm(&end));
}

bool is_certifiable(const std::string& name) {
  if (!address_bytes(name).empty()) return true;
  const std::string_view host =
      name.starts_with("*.") ? std::string_view(name).substr(2) : std::string_view(name);
  return !host.empty() && host.size() <= 253 && std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
  });
}

}  // namespace pail::certificate
