# One interface target carries what every target of ours is compiled with.
add_library(pail_options INTERFACE)
target_include_directories(pail_options INTERFACE
  "${PROJECT_SOURCE_DIR}/server" "${PROJECT_SOURCE_DIR}/include")
target_compile_features(pail_options INTERFACE cxx_std_20)

if(PAIL_DEVELOPER_MODE)
  target_compile_options(pail_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
    -Wnon-virtual-dtor -Woverloaded-virtual -Wformat=2 -Wimplicit-fallthrough -Wcast-qual
    -Wextra-semi -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(pail_options INTERFACE -Wduplicated-cond -Wlogical-op)
  endif()
endif()
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Takes every file but the one it was called with for a header.
  target_compile_options(pail_options INTERFACE -Wno-subobject-linkage)
endif()

target_compile_options(pail_options INTERFACE
  -fstack-protector-strong -fvisibility=hidden
  $<$<CONFIG:Release>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2;-ffunction-sections;-fdata-sections>)
target_link_options(pail_options INTERFACE
  -Wl,-z,relro,-z,now $<$<CONFIG:Release>:-Wl,--gc-sections>)

if(PAIL_SANITIZE)
  target_compile_options(pail_options INTERFACE
    -fsanitize=${PAIL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer
    -D_GLIBCXX_ASSERTIONS)
  target_link_options(pail_options INTERFACE -fsanitize=${PAIL_SANITIZE})
  if(PAIL_SANITIZE MATCHES "undefined" AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # Clang 14 cannot assemble coroutines with it: "Cannot represent a difference across sections".
    target_compile_options(pail_options INTERFACE -fno-sanitize=function)
  endif()
  if(PAIL_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC warns that it does not follow the fences inside Asio's headers.
    target_compile_options(pail_options INTERFACE -Wno-tsan)
  endif()
endif()

if(PAIL_FUZZ)
  target_compile_options(pail_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
