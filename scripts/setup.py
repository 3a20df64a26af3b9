#!/usr/bin/env python3
"""pins.toml → a cache that holds every dependency, verified; safe to interrupt and to repeat.

The cache ($GREBE_CACHE, else ~/.cache/grebe) holds
  artifacts/<name>-<version>-<sha>/   what was taken out of one verified file
  environments/<name>-<hash>/         a Python environment, pinned by hash
  sets/<hash of pins.toml>/           links to the above in the layout that CMake and the tests read
Nothing is fetched that is there already, so a second run needs no network.
"""

import argparse
import fcntl
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import tomllib
import zipfile

SCRIPTS = pathlib.Path(__file__).resolve().parent
PINS = SCRIPTS / "pins.toml"
PINNED = tomllib.loads(PINS.read_text())
CACHE = pathlib.Path(os.environ.get("GREBE_CACHE") or pathlib.Path.home() / ".cache/grebe").absolute()
# Raise it when what is taken out of an artifact changes without a change in its pin.
LAYOUT = "1"


class SetupError(Exception):
    """What is missing, and what to do about it."""


def say(text):
    print(f"setup: {text}", flush=True)


def set_directory():
    """The directory of links that belongs to these pins; CMake computes the same name."""
    return CACHE / "sets" / hashlib.sha256(PINS.read_bytes()).hexdigest()[:12]


# ---------------------------------------------------------------- Debian packages and commands


def installed_version(package):
    found = subprocess.run(
        ["dpkg-query", "-W", "-f=${Status}|${Version}", package], capture_output=True, text=True)
    status, _, version = found.stdout.partition("|")
    return version if found.returncode == 0 and status.endswith(" installed") else None


def is_at_least(version, minimum):
    return subprocess.run(["dpkg", "--compare-versions", version, "ge", minimum]).returncode == 0


def find_command(name, pin):
    """The first command on PATH that runs and is new enough, or None. A version manager's stand-in
    may be on PATH and yet not run."""
    for directory in [*os.environ.get("PATH", "").split(os.pathsep), "/usr/bin"]:
        path = pathlib.Path(directory) / name
        if not os.access(path, os.X_OK):
            continue
        told = subprocess.run([path, "--version"], capture_output=True, text=True)
        version = re.search(r"\d+(\.\d+)+", told.stdout)
        if told.returncode == 0 and version and is_at_least(version[0], pin.get("minimum", "0")):
            return str(path)
    return None


def install_debian_packages(pins, needs_commands):
    if shutil.which("dpkg-query") is None:
        raise SetupError("this is no Debian; on another system install the packages of [debian] in "
                         f"{PINS.name} by hand and run `scripts/setup --no-debian`")
    missing = []
    for package, minimum in pins["debian"].items():
        version = installed_version(package)
        if version is None or not is_at_least(version, minimum):
            missing.append(package)
    if needs_commands:
        missing += [pin["package"] for name, pin in pins["commands"].items() if find_command(name, pin) is None]
    if not missing:
        say(f"{len(pins['debian'])} Debian packages are there")
        return
    root = [] if os.geteuid() == 0 else ["sudo"]
    by_hand = f"as root: apt-get update && apt-get install --no-install-recommends {' '.join(missing)}"
    if root and shutil.which("sudo") is None:
        raise SetupError(f"Debian packages are missing and this user is not root; {by_hand}")
    say(f"installing Debian packages: {' '.join(missing)}")
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for step in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *missing]):
        done = subprocess.run([*root, "apt-get", *step], env=environment, capture_output=True, text=True)
        if done.returncode != 0 and step[0] == "install":
            raise SetupError(f"apt-get failed: {done.stderr.strip()[-600:]}\n       {by_hand}")
    for package, minimum in pins["debian"].items():
        version = installed_version(package)
        if version is None or not is_at_least(version, minimum):
            raise SetupError(f"Debian package {package} is {version or 'missing'}, wanted >= {minimum}; "
                             "Grebe is built on Debian 12 (bookworm)")


# ---------------------------------------------------------------- files from package registries


def run_client(command, what, **options):
    """Runs a registry's client; a failure names the package and the way out."""
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode != 0:
        reason = "\n       ".join((done.stderr or done.stdout).strip().splitlines()[-6:])
        client = "pip" if "pip" in command else pathlib.Path(command[0]).name
        raise SetupError(f"could not fetch {what} by `{client}`:\n       {reason}\n"
                         "       Is its registry reachable and its configuration right? Then run "
                         "`make setup` again; what is fetched already is kept.")


def command(name):
    """The path of a registry's client."""
    pin = PINNED["commands"][name]
    path = find_command(name, pin)
    if path is None:
        raise SetupError(f"no working `{name}` on PATH; it {pin['why']}; as root: apt-get install {pin['package']}")
    return path


def fetch_npm(pin, directory):
    run_client([command("npm"), "pack", f"{pin['package']}@{pin['version']}", "--silent", "--pack-destination",
                str(directory)], pin["package"], cwd=directory)


def fetch_crate(pin, directory):
    # Cargo fetches only what a package depends on, so here is a package that depends on it.
    (directory / "src").mkdir()
    (directory / "src/lib.rs").touch()
    (directory / "Cargo.toml").write_text(
        '[package]\nname = "fetch"\nversion = "0.0.0"\nedition = "2018"\n[dependencies]\n'
        f'{pin["package"]} = {{ version = "={pin["version"]}", default-features = false }}\n')
    cargo = command("cargo")
    # Its own rustc first: one beside another cargo may not run.
    environment = os.environ | {"PATH": f"{pathlib.Path(cargo).parent}{os.pathsep}{os.environ['PATH']}"}
    run_client([cargo, "fetch", "--target", "x86_64-unknown-linux-gnu"], pin["package"], cwd=directory, env=environment)
    home = pathlib.Path(os.environ.get("CARGO_HOME") or pathlib.Path.home() / ".cargo")
    file_name = f"{pin['package']}-{pin['version']}.crate"
    for found in home.glob(f"registry/cache/*/{file_name}"):
        shutil.copy(found, directory / file_name)


# pip keeps a source distribution only after its build backend has told its metadata. This one
# stands in for every backend, so that fetching builds nothing and needs nothing else.
BACKEND = '''
import os
def get_requires_for_build_wheel(settings=None): return []
def prepare_metadata_for_build_wheel(directory, settings=None):
    name = os.environ["PIN_NAME"].replace("-", "_") + "-" + os.environ["PIN_VERSION"] + ".dist-info"
    os.makedirs(os.path.join(directory, name))
    with open(os.path.join(directory, name, "METADATA"), "w") as file:
        file.write("Metadata-Version: 2.1\\nName: %s\\nVersion: %s\\n"
                   % (os.environ["PIN_NAME"], os.environ["PIN_VERSION"]))
    return name
def build_wheel(directory, settings=None, metadata=None): raise SystemExit("only fetches")
class __legacy__:
    get_requires_for_build_wheel = staticmethod(get_requires_for_build_wheel)
    prepare_metadata_for_build_wheel = staticmethod(prepare_metadata_for_build_wheel)
    build_wheel = staticmethod(build_wheel)
'''


def pip_command():
    """pip in an environment of its own, whatever Python the user has on PATH."""
    home = CACHE / "environments/pip"
    if not (home / "ready").exists():
        shutil.rmtree(home, ignore_errors=True)
        home.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["/usr/bin/python3", "-m", "venv", str(home)], check=True)
        (home / "ready").touch()
    return [str(home / "bin/python"), "-m", "pip", "--disable-pip-version-check"]


def fetch_pypi(pin, directory):
    download = [*pip_command(), "download", "-q", "--no-deps", "--dest", str(directory)]
    environment = dict(os.environ)
    if pin.get("kind") == "sdist":
        backend = directory / "backend"
        (backend / "setuptools").mkdir(parents=True)
        (backend / "setuptools/__init__.py").touch()
        (backend / "setuptools/build_meta.py").write_text(BACKEND)
        (backend / "wheel.py").touch()
        (backend / "mesonpy.py").write_text(BACKEND)
        environment |= {"PYTHONPATH": str(backend), "PIN_NAME": pin["package"], "PIN_VERSION": pin["version"]}
        download += ["--no-build-isolation", "--use-pep517", "--no-binary", pin["package"]]
    else:
        download += ["--only-binary", ":all:"]
    run_client([*download, f"{pin['package']}=={pin['version']}"], pin["package"], env=environment)


FETCH = {"npm": fetch_npm, "crate": fetch_crate, "pypi": fetch_pypi}


# ---------------------------------------------------------------- artifacts


def sha256_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def fetched_file(pin, directory):
    """The one fetched file whose checksum is the pinned one."""
    seen = [path for path in directory.iterdir() if re.search(r"\.(tgz|gz|whl|crate)$", path.name)]
    for path in seen:
        if sha256_of(path) == pin["sha256"]:
            return path
    names = ", ".join(f"{path.name} {sha256_of(path)}" for path in seen) or "nothing"
    raise SetupError(f"{pin['package']} {pin['version']}: the checksum differs from the pin\n"
                     f"       wanted {pin['sha256']}\n       got    {names}")


def unpack(archive, wanted, target):
    """Extracts the members of `wanted` (a path, or a folder with a trailing slash)."""
    def is_wanted(name):
        return any(name == one or (one.endswith("/") and name.startswith(one)) for one in wanted)
    if archive.suffix in (".whl", ".jar"):
        with zipfile.ZipFile(archive) as opened:
            names = [name for name in opened.namelist() if is_wanted(name)]
            opened.extractall(target, names)
    else:
        with tarfile.open(archive) as opened:
            members = [member for member in opened if is_wanted(member.name)]
            names = [member.name for member in members]
            opened.extractall(target, members)
    if not names:
        raise SetupError(f"{archive.name} does not hold {', '.join(wanted)}")


def artifact_directory(name, pin):
    return CACHE / "artifacts" / f"{name}-{pin['version']}-{pin['sha256'][:8]}-{LAYOUT}"


def provide_artifact(name, pin):
    final = artifact_directory(name, pin)
    if final.exists():
        return
    started = time.monotonic()
    final.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="fetch-") as scratch_name:
        scratch = pathlib.Path(scratch_name)
        (scratch / "fetched").mkdir()
        FETCH[pin["registry"]](pin, scratch / "fetched")
        archive = fetched_file(pin, scratch / "fetched")
        if "inner" in pin:
            unpack(archive, [pin["inner"]], scratch / "outer")
            archive = scratch / "outer" / pin["inner"]
        unpack(archive, pin["take"], scratch / "taken")
        (scratch / "taken").rename(final)
    say(f"{pin['package']} {pin['version']} ({time.monotonic() - started:.0f} s)")


# ---------------------------------------------------------------- Python environments


def environment_directory(name, pin):
    text = json.dumps(pin, sort_keys=True) + LAYOUT
    return CACHE / "environments" / f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def provide_environment(name, pin):
    # An environment knows its own path, so it cannot be renamed into place: a marker, written
    # last, says that it is whole.
    final = environment_directory(name, pin)
    if (final / "ready").exists():
        return
    started = time.monotonic()
    say(f"making the Python environment {name}: {pin['why']}")
    shutil.rmtree(final, ignore_errors=True)
    final.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["/usr/bin/python3", "-m", "venv", str(final)], check=True)
    pip = [str(final / "bin/python"), "-m", "pip", "--disable-pip-version-check", "install", "-q",
           "--no-deps", "--require-hashes"]
    for phase in ("build", "requirements"):
        if not pin.get(phase):
            continue
        listed = final / f"{phase}.txt"
        listed.write_text("\n".join(pin[phase]) + "\n")
        run_client([*pip, *(["--no-build-isolation"] if phase == "requirements" else []), "-r", str(listed)],
                   f"the environment {name}")
    (final / "ready").touch()
    say(f"environment {name} ({time.monotonic() - started:.0f} s)")


# ---------------------------------------------------------------- the set


def link(source, target):
    if not source.exists():
        raise SetupError(f"{source} is missing from the cache; remove {CACHE} and run `make setup` again")
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.parent / f".{target.name}.{os.getpid()}"
    temporary.symlink_to(source)
    temporary.replace(target)


def lay_set(pins):
    """Links everything into the layout that cmake/third_party.cmake and the tests read."""
    target = set_directory()
    artifacts = pins["artifact"]

    def of(name):
        return artifact_directory(name, artifacts[name])

    link(of("duckdb-library") / "package/libduckdb.so", target / "duckdb/lib/libduckdb.so")
    link(of("duckdb-headers") / "duckdb/src/include", target / "duckdb/include")
    for name, pin in artifacts.items():
        if name.startswith("duckdb-extension-"):
            file = of(name) / pin["take"][0]
            link(file, target / "duckdb/extensions/v1.5.5/linux_amd64" / file.name)
    sources, flatcc = artifacts["nanoarrow"]["take"]
    link(of("nanoarrow") / sources, target / "nanoarrow/src")
    link(of("nanoarrow") / flatcc, target / "nanoarrow/flatcc")
    link(of("spark-connect-protocol") / artifacts["spark-connect-protocol"]["take"][0], target / "protocol/spark")
    link(of("google-rpc-protocol") / "google/rpc", target / "protocol/rpc")
    link(of("spark-error-conditions") / "error/error-classes.json", target / "spark/error-classes.json")
    generator = of("tpchgen") / artifacts["tpchgen"]["take"][0]
    generator.chmod(0o755)
    link(generator, target / "bin/tpchgen-cli")
    for name, pin in pins.get("environment", {}).items():
        link(environment_directory(name, pin), target / "environments" / name)
    (target / "ready").touch()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--where", metavar="PATH", help="print where PATH of the set lies, and do nothing else")
    parser.add_argument("--only-build", action="store_true", help="leave out the Python environments of the tests")
    parser.add_argument("--no-debian", action="store_true", help="do not look at Debian packages")
    arguments = parser.parse_args()
    if arguments.where is not None:
        print(set_directory() / arguments.where)
        return 0

    pins = PINNED
    try:
        if not arguments.no_debian:
            # The clients of npm and crates are large; whoever has the files does not need them.
            needs_commands = any(not artifact_directory(name, pin).exists() for name, pin in
                                 pins["artifact"].items() if pin["registry"] in ("npm", "crate"))
            install_debian_packages(pins, needs_commands)
        CACHE.mkdir(parents=True, exist_ok=True)
        with open(CACHE / ".lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for left_over in CACHE.glob("fetch-*"):  # of a run that was killed
                shutil.rmtree(left_over)
            for name, pin in pins["artifact"].items():
                provide_artifact(name, pin)
            environments = {} if arguments.only_build else pins.get("environment", {})
            for name, pin in environments.items():
                provide_environment(name, pin)
            lay_set(pins | {"environment": environments})
    except SetupError as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("setup: interrupted; run it again to go on", file=sys.stderr)
        return 130
    say(f"ready in {CACHE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
