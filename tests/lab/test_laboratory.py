"""The laboratory as a user meets it: the whole job, wrong answers, killed servers, interrupted runs."""
import os
import re
import signal
import time

import pyarrow.parquet
import pytest
from bench import Bench, children, wait_until
from lying_proxy import lying_proxy

FORMATS = ("parquet", "delta", "iceberg", "hudi")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A data root with bronze and Parquet silver, loaded by Grebe."""
    bench = Bench(tmp_path_factory.mktemp("bench"))
    bench.run("generate")
    bench.run("load", "--formats", "parquet")
    return bench


def test_the_whole_job_and_again(tmp_path):
    bench = Bench(tmp_path)
    arguments = ("all", "--formats", "parquet,delta", "--queries", "1,6,16", "--repetitions", "2")
    bench.run(*arguments)
    metrics = bench.metrics()
    results = bench.results(metrics)
    assert set(results) == {
        (engine, format, query)
        for engine in ("grebe", "duckdb")
        for format in ("parquet", "delta")
        for query in ("q01", "q06", "q16")
    }
    for result in results.values():
        assert result["status"] == "ok", result
        assert len(result["wall_s"]) == len(result["cpu_s"]) == 2
        assert all(value > 0 for value in result["wall_s"] + result["cpu_s"])
        assert result["peak_rss_bytes"] > 1_000_000
        assert result["rows"] > 0
    assert re.fullmatch(r"benchmark_\d{8}_\d{6}", metrics["benchmark_id"])
    assert metrics["context"]["machine"]["cores"] >= 1
    for name in ("bronze_sf0.01", "silver_delta_sf0.01", "silver_delta", "gold_parquet_sf0.01", "gold_parquet"):
        assert (tmp_path / f"results/metrics/{name}.json").exists()
    assert {phase["status"] for phase in bench.state()["phases"].values()} == {"completed"}
    assert {"bronze", "silver_parquet", "silver_delta", "gold"} <= set(bench.state()["phases"])
    # The same again: everything is there already.
    written = {path: path.stat().st_mtime_ns for path in tmp_path.glob("silver/**/*") if path.is_file()}
    bench.run(*arguments)
    assert [entry["benchmark_id"] for entry in bench.state()["benchmarks"]] == [metrics["benchmark_id"]]
    assert written == {path: path.stat().st_mtime_ns for path in tmp_path.glob("silver/**/*") if path.is_file()}


def test_a_page_without_links(loaded):
    loaded.run("run", "--formats", "parquet", "--engine", "duckdb", "--queries", "6", "--repetitions", "1")
    html, markdown, document = loaded.run("report").stdout.split()
    page = open(html).read()
    assert not re.search(r'(src|href)\s*=\s*"|@import|url\(', page)
    assert "q06" in open(markdown).read()
    assert os.path.getsize(document) > 100


def test_a_planted_wrong_answer_has_no_time(loaded, remote):
    with lying_proxy(remote, lambda sql: "sum_disc_price" in sql) as liar:
        done = loaded.run(
            "run", "--formats", "parquet", "--engine", f"liar={liar}", "--queries", "1,6", "--repetitions", "1", check=1
        )
    results = loaded.results(loaded.metrics())
    wrong = results["liar", "parquet", "q01"]
    assert (wrong["status"], wrong["wall_s"], wrong["cpu_s"]) == ("wrong", [], [])
    assert "expected" in wrong["error"]
    assert results["liar", "parquet", "q06"]["status"] == "ok"
    assert "wrong" in done.stdout


def test_a_killed_server_fails_the_operation_and_no_other(loaded):
    known = len(loaded.state()["benchmarks"])
    process = loaded.start("run", "--formats", "parquet", "--engine", "grebe", "--queries", "1-22", "--repetitions", "2")
    try:
        wait_until(lambda: len(loaded.state()["benchmarks"]) > known and len(loaded.journal()) >= 3)
        servers = [pid for pid, command in children(process.pid).items() if " serve " in command]
        assert servers, "no server of its own"
        # Stopped first, so that an operation is under way when it dies.
        os.kill(servers[0], signal.SIGSTOP)
        time.sleep(0.5)
        os.kill(servers[0], signal.SIGKILL)
        output, _ = process.communicate(timeout=300)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 1, output
    results = list(loaded.results(loaded.metrics()).values())
    failed = [result for result in results if result["status"] == "failed"]
    assert len(failed) == 1 and failed[0]["wall_s"] == [] and "went away" in failed[0]["error"], output
    assert all(result["status"] == "ok" for result in results if result not in failed)


def test_a_killed_run_goes_on_where_it_was(loaded):
    arguments = ("run", "--formats", "parquet", "--engine", "duckdb", "--repetitions", "3")
    known = {entry["benchmark_id"] for entry in loaded.state()["benchmarks"]}
    process = loaded.start(*arguments)
    try:
        wait_until(lambda: loaded.state()["benchmarks"][-1]["benchmark_id"] not in known)
        wait_until(lambda: len(loaded.journal()) >= 10)
    finally:
        process.kill()
        process.wait()
    done = loaded.journal()[:10]
    loaded.run(*arguments)
    new = [entry for entry in loaded.state()["benchmarks"] if entry["benchmark_id"] not in known]
    assert [entry["status"] for entry in new] == ["success"]
    # One of other settings begins anew, and the history says what became of the first.
    process = loaded.start(*arguments, "--warmup", "2")
    try:
        wait_until(lambda: loaded.state()["benchmarks"][-1]["status"] == "running" and loaded.journal())
    finally:
        process.kill()
        process.wait()
    abandoned = loaded.state()["benchmarks"][-1]["benchmark_id"]
    loaded.run("run", "--formats", "parquet", "--engine", "duckdb", "--queries", "6", "--repetitions", "1")
    status = {entry["benchmark_id"]: entry["status"] for entry in loaded.state()["benchmarks"]}
    assert status.pop(abandoned) == "interrupted" and "running" not in status.values()
    runs = loaded.metrics(new[0]["benchmark_id"])["runs"]
    assert runs[:10] == done
    keys = [(run["query"], run["kind"], run["repetition"]) for run in runs]
    assert len(keys) == len(set(keys)) == 22 * 4


def test_a_killed_generation_and_load_go_on(tmp_path):
    bench = Bench(tmp_path)
    bronze = tmp_path / "bronze/tpch/sf0.01"

    def whole_parts():
        return {path.stat().st_ino: path.stat().st_mtime_ns for path in bronze.rglob("*.parquet") if path.is_file()}

    process = bench.start("generate", "--parts", "3")
    wait_until(lambda: len(whole_parts()) >= 2)
    process.kill()
    process.wait()
    before = whole_parts()
    bench.run("generate", "--parts", "3")
    assert bench.phases()["bronze"]["status"] == "completed"
    assert not (bronze / "_generating").exists()
    assert before.items() <= whole_parts().items()
    assert len(list(bronze.glob("lineitem.parquet/part-*.parquet"))) == 3
    assert sum(table["files"] for table in bench.phases()["bronze"]["result"]["tables"]) == len(whole_parts()) == 20

    process = bench.start("load", "--formats", "delta")
    wait_until(lambda: len(bench.phases().get("silver_delta", {}).get("tables", [])) >= 3)
    process.kill()
    process.wait()
    done = bench.phases()["silver_delta"]["tables"][:3]
    bench.run("load", "--formats", "delta")
    assert bench.phases()["silver_delta"]["result"]["tables"][:3] == done
    assert len(bench.phases()["silver_delta"]["result"]["tables"]) == 8


def test_another_codec_loads_again(tmp_path):
    bench = Bench(tmp_path)
    bench.run("generate")
    bench.run("load", "--formats", "iceberg")
    codecs = [part for format in FORMATS for part in (f"--{format}-compression", "zstd")]
    bench.run("load", *codecs)
    for format in FORMATS:
        files = [path for path in tmp_path.glob(f"silver/{format}/tpch/sf0.01/lineitem/**/*.parquet")]
        assert files
        for file in files:
            assert pyarrow.parquet.read_metadata(file).row_group(0).column(0).compression == "ZSTD", file


def test_what_failed_is_measured_anew(loaded):
    arguments = ("all", "--formats", "parquet", "--engine", "duckdb", "--queries", "6", "--repetitions", "1")
    loaded.run(*arguments, "--timeout", "0.001", "--loader", "grebe", check=1)
    failed = loaded.state()["benchmarks"][-1]["benchmark_id"]
    loaded.run(*arguments, "--timeout", "0.001", "--loader", "grebe", check=1)
    again = loaded.state()["benchmarks"][-1]["benchmark_id"]
    assert again != failed
    loaded.run(*arguments, "--loader", "grebe")
    good = loaded.state()["benchmarks"][-1]["benchmark_id"]
    loaded.run(*arguments, "--loader", "grebe")
    assert loaded.state()["benchmarks"][-1]["benchmark_id"] == good
    loaded.run(*arguments, "--loader", "grebe", "--force")
    assert loaded.state()["benchmarks"][-1]["benchmark_id"] != good


def test_two_laboratories_do_not_share_a_root(loaded):
    process = loaded.start("run", "--formats", "parquet", "--engine", "duckdb", "--repetitions", "5")
    try:
        wait_until(lambda: any("bench-duckdb-worker" in command for command in children(process.pid).values()))
        assert "another laboratory" in loaded.run("generate", check=1).stderr
    finally:
        process.kill()
        process.wait()


def test_a_timeout_fails_one_query_and_keeps_the_rest(loaded):
    loaded.run(
        "run", "--formats", "parquet", "--engine", "duckdb", "--queries", "1,6", "--repetitions", "1",
        "--timeout", "0.001", check=1,
    )  # fmt: skip
    results = loaded.results(loaded.metrics())
    assert {result["status"] for result in results.values()} == {"failed"}
    assert "timed out" in results["duckdb", "parquet", "q01"]["error"]


def test_a_time_limit_keeps_what_was_measured(loaded):
    loaded.run(
        "run", "--formats", "parquet", "--engine", "duckdb", "--queries", "6", "--repetitions", "1000",
        "--warmup", "0", "--time-limit", "0.5",
    )  # fmt: skip
    result = loaded.results(loaded.metrics())["duckdb", "parquet", "q06"]
    assert result["status"] == "ok"
    assert 1 <= len(result["wall_s"]) < 1000


def test_settings_say_where_they_come_from(tmp_path):
    bench = Bench(tmp_path)
    (tmp_path / ".env").write_text("BENCH_WARMUP=4\nBENCH_RETRIES=1\n")
    (tmp_path / "bench.yaml").write_text("retries: 3\n")
    text = bench.run("config", "--config", "bench.yaml", "--timeout", "9").stdout
    lines = {line.split()[0]: line for line in text.splitlines()}
    assert ".env" in lines["warmup"] and " 4 " in lines["warmup"]
    assert "config file bench.yaml" in lines["retries"] and " 3 " in lines["retries"]
    assert "flag" in lines["timeout"]
    assert "default" in lines["formats"]
    (tmp_path / "bench.yaml").write_text("retires: 3\n")
    assert "did you mean 'retries'" in bench.run("config", "--config", "bench.yaml", check=2).stderr
    assert "unknown engine 'trino'" in bench.run("run", "--engine", "trino", check=2).stderr
    twice = bench.run("run", "--engine", "a=sc://127.0.0.1:1", "--engine", "a=sc://127.0.0.1:2", check=2)
    assert "a different name" in twice.stderr
    assert "run `grebe bench generate` first" in bench.run("run", check=1).stderr


def test_compare_sets_two_runs_side_by_side(loaded):
    ids = []
    for _ in range(2):
        loaded.run("run", "--formats", "parquet", "--engine", "duckdb", "--queries", "6", "--repetitions", "5")
        ids.append(loaded.state()["benchmarks"][-1]["benchmark_id"])
    assert ids[0] != ids[1]
    text = loaded.run("compare", *ids).stdout
    assert "q06" in text and re.search(r"noise|faster|slower", text)
