#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "pail/result.h"

#include "auth/seal.h"
#include "random/random.h"

namespace pail::space {

/// The key under which the tokens of temporary credentials are sealed. With a data directory it
/// lies there (session.key, for its owner alone) and is made once, so that sessions outlive a
/// restart; in memory it is a new one each time. To be called by whoever holds the directory's
/// lock. Fails with a sentence for people: the file can not be read or written, or is not a key.
Result<auth::SealKey, std::string> open_session_key(
    const std::optional<std::filesystem::path>& data_directory, random::Random& random);

}  // namespace pail::space
