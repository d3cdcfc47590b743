#include "certificate/authority.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "certificate/file.h"

namespace pail::certificate {
namespace {

using ::testing::HasSubstr;

class Authorities : public ::testing::Test {
 protected:
  Authorities() {
    std::string name = std::filesystem::temp_directory_path() / "pail-authority-XXXXXX";
    if (::mkdtemp(name.data()) != nullptr) root_ = name;
  }
  ~Authorities() override {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }

  [[nodiscard]] std::filesystem::path directory() const { return root_ / "data" / "tls"; }
  [[nodiscard]] std::string content(const char* name) const {
    const auto read = read_file(directory() / name);
    return read && *read ? **read : "";
  }
  [[nodiscard]] mode_t mode(const std::filesystem::path& path) const {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777 : 0;
  }

  Authority open(Authority::Time now) {
    auto opened = Authority::open(directory(), now);
    if (!opened) ADD_FAILURE() << opened.error();
    return std::move(opened).value();
  }

  std::filesystem::path root_;
  Authority::Time now_ = std::chrono::system_clock::now();
};

X509* read_certificate(const std::string& pem) {
  BIO* const text = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  X509* const certificate = PEM_read_bio_X509(text, nullptr, nullptr, nullptr);
  BIO_free(text);
  return certificate;
}

/// What a client does that trusts `bundle` and wants to talk to `host`: the library's own answer.
std::string verify(const ServerCertificate& server, const std::string& bundle,
                   const std::string& host) {
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(read_certificate(server.chain_pem),
                                                                &X509_free);
  const std::unique_ptr<X509, decltype(&X509_free)> trusted(read_certificate(bundle), &X509_free);
  const std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)> store(X509_STORE_new(),
                                                                      &X509_STORE_free);
  const std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)> context(
      X509_STORE_CTX_new(), &X509_STORE_CTX_free);
  X509_STORE_add_cert(store.get(), trusted.get());
  X509_STORE_CTX_init(context.get(), store.get(), certificate.get(), nullptr);
  X509_VERIFY_PARAM* const wanted = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_purpose(wanted, X509_PURPOSE_SSL_SERVER);
  if (X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str()) != 1) {
    X509_VERIFY_PARAM_set1_host(wanted, host.c_str(), host.size());
  }
  if (X509_verify_cert(context.get()) == 1) return "trusted";
  return X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()));
}

TEST_F(Authorities, SignWhatTheirBundleVerifies) {
  const Authority authority = open(now_);
  const auto server = authority.issue(
      {"localhost", "*.s3.localhost", "127.0.0.1", "::1", "photos.localhost"}, now_);
  ASSERT_TRUE(server.has_value()) << server.error();
  const std::string bundle = content("ca.pem");
  for (const char* host :
       {"localhost", "photos.s3.localhost", "127.0.0.1", "::1", "photos.localhost"}) {
    EXPECT_EQ(verify(*server, bundle, host), "trusted") << host;
  }
  EXPECT_EQ(verify(*server, bundle, "example.test"), "hostname mismatch");
  EXPECT_EQ(verify(*server, bundle, "127.0.0.2"), "IP address mismatch");
}

TEST_F(Authorities, AreReusedAfterARestart) {
  EXPECT_EQ(open(now_).bundle_file(), directory() / "ca.pem");
  const std::string first = content("ca.pem");
  const auto server = open(now_).issue({"localhost"}, now_);
  EXPECT_EQ(content("ca.pem"), first);
  ASSERT_TRUE(server.has_value());
  EXPECT_EQ(verify(*server, first, "localhost"), "trusted");
}

TEST_F(Authorities, KeepTheirKeyToThemselves) {
  open(now_);
  EXPECT_EQ(mode(directory() / "authority.pem"), 0600U);
  EXPECT_EQ(mode(directory()), 0700U);
  EXPECT_THAT(content("ca.pem"), ::testing::Not(HasSubstr("PRIVATE KEY")));
}

TEST_F(Authorities, ThatRunOutAreReplaced) {
  open(now_ - std::chrono::hours(24) * 365 * 10);
  const std::string old = content("ca.pem");
  const auto server = open(now_).issue({"localhost"}, now_);
  EXPECT_NE(content("ca.pem"), old);
  ASSERT_TRUE(server.has_value());
  EXPECT_EQ(verify(*server, content("ca.pem"), "localhost"), "trusted");
}

TEST_F(Authorities, BundleIsMadeAgainIfItIsMissing) {
  open(now_);
  const std::string first = content("ca.pem");
  std::filesystem::remove(directory() / "ca.pem");
  open(now_);
  EXPECT_EQ(content("ca.pem"), first);
}

TEST_F(Authorities, ThatAreNoneAreRefusedAndKept) {
  open(now_);
  for (const std::string& broken : {std::string("nonsense"), content("ca.pem"), std::string()}) {
    ASSERT_TRUE(replace_file(directory() / "authority.pem", broken, 0600).has_value());
    const auto opened = Authority::open(directory(), now_);
    ASSERT_FALSE(opened.has_value());
    EXPECT_THAT(opened.error(), HasSubstr("authority.pem is not a certificate and its key"));
    EXPECT_EQ(content("authority.pem"), broken);
  }
}

TEST_F(Authorities, LeaveOutWhatCannotBeCertified) {
  const auto server = open(now_).issue({"two words", "[::1]", "localhost", "localhost"}, now_);
  ASSERT_TRUE(server.has_value()) << server.error();
  EXPECT_EQ(verify(*server, content("ca.pem"), "localhost"), "trusted");
}

TEST_F(Authorities, CannotBeMadeInAFile) {
  std::ofstream(root_ / "data") << "a file";
  const auto opened = Authority::open(directory(), now_);
  ASSERT_FALSE(opened.has_value());
  EXPECT_THAT(opened.error(), HasSubstr("cannot make the directory"));
}

TEST_F(Authorities, CertificatesGoWithTheirKey) {
  const auto server = open(now_).issue({"localhost"}, now_);
  ASSERT_TRUE(server.has_value());
  EXPECT_THAT(server->chain_pem, HasSubstr("BEGIN CERTIFICATE"));
  EXPECT_THAT(server->private_key_pem, HasSubstr("BEGIN PRIVATE KEY"));
  const auto other = open(now_).issue({"localhost"}, now_);
  ASSERT_TRUE(other.has_value());
  EXPECT_NE(server->private_key_pem, other->private_key_pem);
}

}  // namespace
}  // namespace pail::certificate
