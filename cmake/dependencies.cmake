# Every library comes from the distribution; nothing third-party lies in the tree.
if(PAIL_STATIC)
  set(OPENSSL_USE_STATIC_LIBS ON)
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
endif()

# Newer versions of CMake leave finding Boost to Boost.
if(POLICY CMP0167)
  cmake_policy(SET CMP0167 NEW)
endif()

find_package(Threads REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(pugixml REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)

# These two come without a CMake package on some distributions.
function(pail_plain_library name header library)
  find_path(${name}_INCLUDE_DIR ${header} REQUIRED)
  find_library(${name}_LIBRARY ${library} REQUIRED)
  add_library(pail_external_${name} UNKNOWN IMPORTED GLOBAL)
  set_target_properties(pail_external_${name} PROPERTIES
    IMPORTED_LOCATION "${${name}_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${${name}_INCLUDE_DIR}")
endfunction()
pail_plain_library(xxhash xxhash.h xxhash)
pail_plain_library(isal isa-l/crc.h isal)

# From its headers as well; without exceptions, which a wrong file is not worth.
find_path(tomlplusplus_INCLUDE_DIR toml++/toml.h REQUIRED)
add_library(pail_external_tomlplusplus INTERFACE IMPORTED GLOBAL)
target_include_directories(pail_external_tomlplusplus INTERFACE "${tomlplusplus_INCLUDE_DIR}")
target_compile_definitions(pail_external_tomlplusplus INTERFACE
  TOML_HEADER_ONLY=1 TOML_EXCEPTIONS=0 TOML_ENABLE_FORMATTERS=0)

# spdlog and fmt from their headers: two source files use them, and no static library is packaged.
add_library(pail_external_spdlog INTERFACE IMPORTED GLOBAL)
target_compile_definitions(pail_external_spdlog INTERFACE SPDLOG_FMT_EXTERNAL)
target_include_directories(pail_external_spdlog INTERFACE
  $<TARGET_PROPERTY:spdlog::spdlog_header_only,INTERFACE_INCLUDE_DIRECTORIES>)
target_link_libraries(pail_external_spdlog INTERFACE fmt::fmt-header-only Threads::Threads)
