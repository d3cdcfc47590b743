#pragma once

#include <string>
#include <string_view>

#include "error/s3_error.h"

// A stand-in for AWS KMS: it holds no keys, but it knows which key a name means and refuses as KMS
// does. Every key exists whose id looks like one, but for these, in every account and region:
//   00000000-0000-4000-8000-000000000001  alias/pail/unknown           does not exist
//   00000000-0000-4000-8000-000000000002  alias/pail/disabled          is disabled
//   00000000-0000-4000-8000-000000000003  alias/pail/pending-deletion  is pending deletion
//   00000000-0000-4000-8000-000000000004  alias/pail/disabled-later    encrypts, but is disabled
//                                                                      when it shall decrypt
namespace pail::encryption {

/// Where a key's id is looked up when it does not say so itself.
struct KmsPlace {
  std::string region;
  std::string account_id;
};

/// The ARN of the key that S3 uses when none is named: the same for an account and region always.
std::string default_kms_key(const KmsPlace& place);

/// The ARN of the key that objects are to be encrypted with; `name` is a key id, a key ARN, an
/// alias ("alias/…") or the ARN of one. Every alias is one of a key. Fails, word for word as AWS
/// was recorded to: KMS.NotFoundException, KMS.DisabledException, KMS.KMSInvalidStateException.
S3Result<std::string> resolve_kms_key(std::string_view name, const KmsPlace& place);

/// Whether an object may be decrypted with the key of that ARN. Fails as above.
S3Result<void> check_kms_decryption(std::string_view key_arn);

}  // namespace pail::encryption
