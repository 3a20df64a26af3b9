// aes_encrypt and aes_decrypt as Spark's ExpressionImplUtils runs them: ECB, CBC and GCM.
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <memory>

#include "native/kernel.h"
#include "native/kernel_errors.h"
#include "native/text_kernel_groups.h"
#include "native/value_kernel.h"

namespace grebe::native {

namespace {

using duckdb::LogicalType;

enum class Mode : unsigned char { kEcb, kCbc, kGcm };

struct Cipher {
  Mode mode;
  size_t iv_length;
};

constexpr int kTagLength = 16;

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

/// How Spark's errors name the two, whichever was called.
constexpr const char* kBothFunctions = "`aes_encrypt`/`aes_decrypt`";

/// Thrown within this file by what must give null instead of an error.
struct Unreadable {};

/// Where errors of a call go: to the statement, or, for try_aes_decrypt, nowhere.
class Complaints {
 public:
  explicit Complaints(const KernelContext* context) : context_(context) {}
  [[noreturn]] void raise(core::SparkError error) const {
    if (context_ != nullptr) context_->raise(std::move(error));
    throw Unreadable();
  }

 private:
  const KernelContext* context_;
};

core::SparkError wrong_mode(const std::string& mode, const std::string& padding) {
  return core::make_error(core::ErrorClass::kRuntime, "UNSUPPORTED_FEATURE.AES_MODE",
                          {{"mode", mode}, {"padding", padding}, {"functionName", kBothFunctions}});
}

Cipher cipher_of(const Complaints& context, const std::string& mode, const std::string& padding) {
  const std::string name = upper(mode);
  const std::string filler = upper(padding);
  const bool by_default = filler == "DEFAULT";
  if (name == "ECB" && (by_default || filler == "PKCS")) return {Mode::kEcb, 0};
  if (name == "CBC" && (by_default || filler == "PKCS")) return {Mode::kCbc, 16};
  if (name == "GCM" && (by_default || filler == "NONE")) return {Mode::kGcm, 12};
  context.raise(wrong_mode(mode, padding));
}

const EVP_CIPHER* algorithm(Mode mode, size_t key_length) {
  switch (mode) {
    case Mode::kEcb:
      return key_length == 16   ? EVP_aes_128_ecb()
             : key_length == 24 ? EVP_aes_192_ecb()
                                : EVP_aes_256_ecb();
    case Mode::kCbc:
      return key_length == 16   ? EVP_aes_128_cbc()
             : key_length == 24 ? EVP_aes_192_cbc()
                                : EVP_aes_256_cbc();
    case Mode::kGcm:
      return key_length == 16   ? EVP_aes_128_gcm()
             : key_length == 24 ? EVP_aes_192_gcm()
                                : EVP_aes_256_gcm();
  }
  return nullptr;
}

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// One run of the cipher; nothing when OpenSSL refuses (a wrong key, a damaged text).
std::optional<std::string> run(const Cipher& cipher, bool encrypts, std::string_view input,
                               std::string_view key, std::string_view iv, std::string_view aad) {
  CipherContext context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  const auto failed = [](int status) { return status != 1; };
  EVP_CIPHER_CTX* raw = context.get();
  if (failed(EVP_CipherInit_ex(raw, algorithm(cipher.mode, key.size()), nullptr, nullptr, nullptr,
                               encrypts ? 1 : 0))) {
    return std::nullopt;
  }
  if (cipher.mode == Mode::kGcm) {
    EVP_CIPHER_CTX_ctrl(raw, EVP_CTRL_GCM_SET_IVLEN, static_cast<int>(iv.size()), nullptr);
  }
  if (failed(EVP_CipherInit_ex(raw, nullptr, nullptr, bytes(key), iv.empty() ? nullptr : bytes(iv),
                               -1))) {
    return std::nullopt;
  }
  std::string tag;
  if (cipher.mode == Mode::kGcm && !encrypts) {
    if (input.size() < kTagLength) return std::nullopt;
    tag = std::string(input.substr(input.size() - kTagLength));
    input.remove_suffix(kTagLength);
    EVP_CIPHER_CTX_ctrl(raw, EVP_CTRL_GCM_SET_TAG, kTagLength, tag.data());
  }
  int written = 0;
  if (!aad.empty() &&
      failed(EVP_CipherUpdate(raw, nullptr, &written, bytes(aad), static_cast<int>(aad.size())))) {
    return std::nullopt;
  }
  std::string out(input.size() + 32, '\0');
  auto* target = reinterpret_cast<unsigned char*>(out.data());
  if (failed(
          EVP_CipherUpdate(raw, target, &written, bytes(input), static_cast<int>(input.size())))) {
    return std::nullopt;
  }
  int rest = 0;
  if (failed(EVP_CipherFinal_ex(raw, target + written, &rest))) return std::nullopt;
  out.resize(static_cast<size_t>(written) + static_cast<size_t>(rest));
  if (cipher.mode == Mode::kGcm && encrypts) {
    tag.resize(kTagLength);
    EVP_CIPHER_CTX_ctrl(raw, EVP_CTRL_GCM_GET_TAG, kTagLength, tag.data());
    out += tag;
  }
  return out;
}

struct Request {
  std::string input;
  std::string key;
  std::string mode;
  std::string padding;
  std::string iv;
  std::string aad;
};

std::string blob(const duckdb::Value& value) { return duckdb::StringValue::Get(value); }

void check_key(const Complaints& context, const Request& request) {
  const size_t length = request.key.size();
  if (length == 16 || length == 24 || length == 32) return;
  context.raise(core::make_error(core::ErrorClass::kRuntime,
                                 "INVALID_PARAMETER_VALUE.AES_KEY_LENGTH",
                                 {{"parameter", "`key`"},
                                  {"functionName", kBothFunctions},
                                  {"actualLength", std::to_string(length)}}));
}

void check_aad(const Complaints& context, const Request& request, const Cipher& cipher) {
  if (request.aad.empty() || cipher.mode == Mode::kGcm) return;
  context.raise(
      core::make_error(core::ErrorClass::kRuntime, "UNSUPPORTED_FEATURE.AES_MODE_AAD",
                       {{"mode", upper(request.mode)}, {"functionName", kBothFunctions}}));
}

std::string encrypt(const Complaints& context, const Request& request) {
  check_key(context, request);
  const Cipher cipher = cipher_of(context, request.mode, request.padding);
  std::string iv = request.iv;
  if (!iv.empty() && cipher.mode == Mode::kEcb) {
    context.raise(
        core::make_error(core::ErrorClass::kRuntime, "UNSUPPORTED_FEATURE.AES_MODE_IV",
                         {{"mode", upper(request.mode)}, {"functionName", kBothFunctions}}));
  }
  if (!iv.empty() && iv.size() != cipher.iv_length) {
    context.raise(core::make_error(core::ErrorClass::kRuntime,
                                   "INVALID_PARAMETER_VALUE.AES_IV_LENGTH",
                                   {{"mode", upper(request.mode)},
                                    {"parameter", "`iv`"},
                                    {"functionName", kBothFunctions},
                                    {"actualLength", std::to_string(iv.size())}}));
  }
  check_aad(context, request, cipher);
  if (iv.empty() && cipher.iv_length > 0) {
    iv.resize(cipher.iv_length);
    RAND_bytes(reinterpret_cast<unsigned char*>(iv.data()), static_cast<int>(iv.size()));
  }
  auto text = run(cipher, true, request.input, request.key, iv, request.aad);
  if (!text) throw core::internal_error("AES encryption failed");
  return iv + *text;
}

std::optional<std::string> decrypt(const Complaints& context, const Request& request) {
  check_key(context, request);
  const Cipher cipher = cipher_of(context, request.mode, request.padding);
  check_aad(context, request, cipher);
  if (request.input.size() < cipher.iv_length) return std::nullopt;
  const std::string iv = request.input.substr(0, cipher.iv_length);
  // Java's ciphers make nothing of nothing.
  if (request.input.size() == cipher.iv_length && cipher.mode != Mode::kGcm) return std::string();
  return run(cipher, false, std::string_view(request.input).substr(cipher.iv_length), request.key,
             iv, request.aad);
}

Request request_of(const duckdb::vector<duckdb::Value>& values, bool has_iv) {
  return {.input = blob(values[0]),
          .key = blob(values[1]),
          .mode = blob(values[2]),
          .padding = blob(values[3]),
          .iv = has_iv ? blob(values[4]) : std::string(),
          .aad = blob(values[has_iv ? 5 : 4])};
}

duckdb::Value as_blob(const std::string& text) {
  return duckdb::Value::BLOB(duckdb::const_data_ptr_cast(text.data()), text.size());
}

}  // namespace

void add_aes_kernels(KernelRegistry& registry) {
  const LogicalType raw = LogicalType::BLOB;
  const LogicalType text = LogicalType::VARCHAR;
  registry.add(
      value_kernel("grebe_aes_encrypt", {raw, raw, text, text, raw, raw}, raw,
                   [](const KernelContext& context, const duckdb::vector<duckdb::Value>& values) {
                     return as_blob(encrypt(Complaints(&context), request_of(values, true)));
                   }));
  registry.add(
      value_kernel("grebe_aes_decrypt", {raw, raw, text, text, raw}, raw,
                   [](const KernelContext& context, const duckdb::vector<duckdb::Value>& values) {
                     const auto plain = decrypt(Complaints(&context), request_of(values, false));
                     if (!plain) {
                       context.raise(core::make_error(core::ErrorClass::kRuntime,
                                                      "INVALID_PARAMETER_VALUE.AES_CRYPTO_ERROR",
                                                      {{"parameter", "`expr`, `key`"},
                                                       {"functionName", kBothFunctions},
                                                       {"detailMessage", "Tag mismatch!"}}));
                     }
                     return as_blob(*plain);
                   }));
  registry.add(value_kernel("grebe_aes_try_decrypt", {raw, raw, text, text, raw}, raw,
                            [](const KernelContext&, const duckdb::vector<duckdb::Value>& values) {
                              try {
                                const auto plain =
                                    decrypt(Complaints(nullptr), request_of(values, false));
                                if (plain) return as_blob(*plain);
                              } catch (const Unreadable&) {
                                // null, as for what cannot be deciphered
                              }
                              return duckdb::Value(LogicalType::BLOB);
                            }));
}

}  // namespace grebe::native
