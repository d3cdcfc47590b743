# pail_module(NAME [DEPENDS module...] [LIBRARIES target...])
#
# One room of the house: builds pail_NAME from every source below server/NAME. DEPENDS is the whole
# list of rooms that NAME may include from; the tidy test reads it here and checks each #include.
# LIBRARIES are outside libraries, kept SYSTEM so that our warnings are about our code.
function(pail_module name)
  cmake_parse_arguments(MODULE "" "" "DEPENDS;LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS
    "${PROJECT_SOURCE_DIR}/server/${name}/*.cpp")
  list(TRANSFORM MODULE_DEPENDS PREPEND pail_)
  if(sources)
    add_library(pail_${name} STATIC ${sources})
    set(scope PUBLIC)
  else()
    add_library(pail_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_link_libraries(pail_${name} ${scope} pail_options ${MODULE_DEPENDS} ${MODULE_LIBRARIES})
endfunction()

# pail_test(NAME FOLDER [LIBRARIES target...]): one GoogleTest program of every *_test.cpp in FOLDER.
function(pail_test name folder)
  cmake_parse_arguments(TEST "" "" "LIBRARIES;LABELS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${folder}/*_test.cpp")
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  target_link_libraries(${name} PRIVATE ${TEST_LIBRARIES} GTest::gtest GTest::gmock GTest::gtest_main)
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  # Two files of tests may call different things the same; those of a room (above) do not, so that a
  # room can be compiled as one.
  set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)
  target_compile_definitions(${name} PRIVATE PAIL_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES LABELS "${TEST_LABELS}" TIMEOUT 300)
endfunction()
