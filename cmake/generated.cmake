# What the build derives from the dependencies: protocol code, Spark's error conditions, build facts.
set(generated ${CMAKE_BINARY_DIR}/generated)

# The protocol: descriptors in PySpark's generated Python → grebe_proto.
set(proto_files
  google/rpc/code google/rpc/status google/rpc/error_details
  spark/connect/types spark/connect/common spark/connect/expressions spark/connect/relations
  spark/connect/catalog spark/connect/commands spark/connect/ml_common spark/connect/ml
  spark/connect/pipelines spark/connect/base)
set(proto_directory ${generated}/proto)
file(MAKE_DIRECTORY ${proto_directory})
set(proto_sources)
set(proto_headers)
set(proto_names)
foreach(file ${proto_files})
  list(APPEND proto_sources ${proto_directory}/${file}.pb.cc)
  list(APPEND proto_headers ${proto_directory}/${file}.pb.h)
  list(APPEND proto_names ${file}.proto)
endforeach()
list(APPEND proto_sources ${proto_directory}/spark/connect/base.grpc.pb.cc)
list(APPEND proto_headers ${proto_directory}/spark/connect/base.grpc.pb.h)
find_program(GRPC_CPP_PLUGIN grpc_cpp_plugin REQUIRED)
add_custom_command(
  OUTPUT ${proto_directory}/descriptors.pb
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/scripts/extract_descriptors.py
    ${proto_directory}/descriptors.pb ${GREBE_DEPENDENCIES}/protocol/spark ${GREBE_DEPENDENCIES}/protocol/rpc
  DEPENDS ${CMAKE_SOURCE_DIR}/scripts/extract_descriptors.py
  COMMENT "Extracting the protocol's descriptors"
  VERBATIM)
add_custom_command(
  OUTPUT ${proto_sources} ${proto_headers}
  COMMAND protobuf::protoc --descriptor_set_in=${proto_directory}/descriptors.pb
    --cpp_out=${proto_directory} ${proto_names}
  COMMAND protobuf::protoc --descriptor_set_in=${proto_directory}/descriptors.pb
    --grpc_out=${proto_directory} --plugin=protoc-gen-grpc=${GRPC_CPP_PLUGIN} spark/connect/base.proto
  DEPENDS ${proto_directory}/descriptors.pb
  COMMENT "Generating the protocol's C++"
  VERBATIM)
add_library(grebe_proto STATIC ${proto_sources} ${proto_headers})
target_include_directories(grebe_proto SYSTEM PUBLIC ${proto_directory})
target_link_libraries(grebe_proto PUBLIC PkgConfig::GRPC protobuf::libprotobuf Threads::Threads)
target_compile_options(grebe_proto PRIVATE -w -O1)
grebe_third_party(proto grebe_proto)

# Facts for everybody: generated/error_conditions.h (Spark's catalogue), function_descriptions.h and
# build_info.h.
set(error_conditions ${generated}/include/generated/error_conditions.h)
add_custom_command(
  OUTPUT ${error_conditions}
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/scripts/embed_error_conditions.py
    ${GREBE_DEPENDENCIES}/spark/error-classes.json ${error_conditions}
  DEPENDS ${CMAKE_SOURCE_DIR}/scripts/embed_error_conditions.py
  COMMENT "Embedding Spark's error conditions"
  VERBATIM)
set(function_descriptions ${generated}/include/generated/function_descriptions.h)
add_custom_command(
  OUTPUT ${function_descriptions}
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/scripts/embed_function_descriptions.py
    ${CMAKE_SOURCE_DIR}/src/functions/descriptions.json ${function_descriptions}
  DEPENDS ${CMAKE_SOURCE_DIR}/scripts/embed_function_descriptions.py
    ${CMAKE_SOURCE_DIR}/src/functions/descriptions.json
  COMMENT "Embedding Spark's descriptions of functions"
  VERBATIM)
configure_file(${CMAKE_SOURCE_DIR}/cmake/build_info.h.in ${generated}/include/generated/build_info.h)
add_custom_target(grebe_error_conditions DEPENDS ${error_conditions} ${function_descriptions})
add_library(grebe_build_info INTERFACE)
add_dependencies(grebe_build_info grebe_error_conditions)
target_include_directories(grebe_build_info INTERFACE ${generated}/include)
