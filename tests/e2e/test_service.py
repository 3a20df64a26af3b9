"""Every RPC of the protocol does what it says, seen on the wire."""
import json
import uuid

import grpc
import pytest
from wire import base, condition, error_info, metadata_parameters, relations, rows, sql_command, sql_plan

KEY = "spark.sql.shuffle.partitions"
Config = base.ConfigRequest


def pairs(answer):
    return {p.key: (p.value if p.HasField("value") else None) for p in answer.pairs}


# ---------------------------------------------------------------- ExecutePlan


def test_execute_names_session_and_operation(wire):
    operation = str(uuid.uuid4())
    responses = list(wire.execute(sql_plan("SELECT 1 AS one"), operation_id=operation))
    assert rows(responses) == [{"one": 1}]
    assert {r.session_id for r in responses} == {wire.session_id}
    assert {r.operation_id for r in responses} == {operation}
    ids = [r.response_id for r in responses]
    assert len(set(ids)) == len(ids)


def test_execute_tells_the_schema(wire):
    responses = list(wire.execute(sql_plan("SELECT 1 AS one, 'x' AS word")))
    [schema] = [r.schema for r in responses if r.HasField("schema")]
    assert [f.name for f in schema.struct.fields] == ["one", "word"]
    assert [f.nullable for f in schema.struct.fields] == [False, False]


def test_an_empty_result_still_has_a_batch(wire):
    responses = list(wire.execute(sql_plan("SELECT 1 AS one WHERE false")))
    batches = [r for r in responses if r.HasField("arrow_batch")]
    assert batches and rows(responses) == []


def test_row_counts_of_batches_add_up(wire):
    responses = list(wire.execute(sql_plan("SELECT id FROM range(100000)")))
    assert sum(r.arrow_batch.row_count for r in responses if r.HasField("arrow_batch")) == 100000


def test_a_sql_command_answers_with_a_relation(wire):
    responses = list(wire.execute(sql_command("SELECT 5 AS five")))
    [result] = [r.sql_command_result for r in responses if r.HasField("sql_command_result")]
    assert rows(wire.execute(base.Plan(root=result.relation))) == [{"five": 5}]


def test_a_plan_that_says_nothing_is_refused(wire):
    with pytest.raises(grpc.RpcError) as caught:
        list(wire.execute(base.Plan()))
    assert caught.value.code() != grpc.StatusCode.UNAVAILABLE
    assert wire.query("SELECT 1 AS a") == [{"a": 1}]


def test_a_session_id_that_is_no_uuid_is_refused(wire):
    wire.session_id = "not-a-uuid"
    with pytest.raises(grpc.RpcError) as caught:
        wire.query("SELECT 1")
    assert condition(caught.value) == "INVALID_HANDLE.FORMAT"


def test_an_operation_id_that_is_no_uuid_is_refused(wire):
    with pytest.raises(grpc.RpcError) as caught:
        list(wire.execute(sql_plan("SELECT 1"), operation_id="nonsense"))
    assert condition(caught.value) == "INVALID_HANDLE.FORMAT"


# ---------------------------------------------------------------- reattach and release


def test_reattach_gives_the_rest(wire):
    operation = str(uuid.uuid4())
    plan = sql_plan("SELECT id, repeat('x', 200) AS pad FROM range(400000)")
    stream = wire.execute(plan, operation_id=operation, is_reattachable=True)
    first = []
    for response in stream:
        first.append(response)
        if response.HasField("arrow_batch"):
            break
    stream.cancel()
    rest = list(wire.reattach(operation, last_response_id=first[-1].response_id))
    assert rest[-1].HasField("result_complete")
    counted = sum(r.arrow_batch.row_count for r in [*first, *rest] if r.HasField("arrow_batch"))
    assert counted == 400000
    assert not {r.response_id for r in first} & {r.response_id for r in rest}


def test_reattach_from_the_start_repeats_everything(wire):
    operation = str(uuid.uuid4())
    stream = wire.execute(sql_plan("SELECT id FROM range(10)"), operation_id=operation, is_reattachable=True)
    seen = [next(stream)]
    stream.cancel()
    again = list(wire.reattach(operation))
    assert again[0].response_id == seen[0].response_id
    assert len(rows(again)) == 10


def test_a_reattachable_stream_says_when_it_is_complete(wire):
    responses = list(wire.execute(sql_plan("SELECT 1"), operation_id=str(uuid.uuid4()), is_reattachable=True))
    assert responses[-1].HasField("result_complete")
    plain = list(wire.execute(sql_plan("SELECT 1")))
    assert rows(plain) == rows(responses)


def test_released_operations_are_gone(wire):
    operation = str(uuid.uuid4())
    list(wire.execute(sql_plan("SELECT 1"), operation_id=operation, is_reattachable=True))
    wire.release(operation)
    with pytest.raises(grpc.RpcError) as caught:
        list(wire.reattach(operation))
    assert condition(caught.value) == "INVALID_HANDLE.OPERATION_NOT_FOUND"


def test_release_until_a_response_forgets_the_earlier_ones(wire):
    operation = str(uuid.uuid4())
    stream = wire.execute(sql_plan("SELECT id FROM range(300000)"), operation_id=operation, is_reattachable=True)
    responses = [next(stream), next(stream)]
    stream.cancel()
    answer = wire.release(operation, until=responses[0].response_id)
    assert answer.operation_id == operation
    rest = list(wire.reattach(operation, last_response_id=responses[0].response_id))
    assert rest[0].response_id == responses[1].response_id


def test_releasing_an_unknown_operation_is_no_error(wire):
    wire.query("SELECT 1")
    assert wire.release(str(uuid.uuid4())).session_id == wire.session_id


def test_reattaching_to_an_unknown_operation(wire):
    wire.query("SELECT 1")
    with pytest.raises(grpc.RpcError) as caught:
        list(wire.reattach(str(uuid.uuid4())))
    assert condition(caught.value) == "INVALID_HANDLE.OPERATION_NOT_FOUND"


def test_an_operation_id_cannot_be_used_twice_at_once(wire):
    operation = str(uuid.uuid4())
    stream = wire.execute(sql_plan("SELECT id FROM range(3000000)"), operation_id=operation, is_reattachable=True)
    next(stream)
    with pytest.raises(grpc.RpcError) as caught:
        list(wire.execute(sql_plan("SELECT 1"), operation_id=operation))
    assert condition(caught.value) == "INVALID_HANDLE.OPERATION_ALREADY_EXISTS"
    stream.cancel()
    wire.release(operation)


# ---------------------------------------------------------------- Config


def test_config_set_get_unset(wire):
    wire.config(Config.Operation(set=Config.Set(pairs=[base.KeyValue(key=KEY, value="5")])))
    assert pairs(wire.config(Config.Operation(get=Config.Get(keys=[KEY])))) == {KEY: "5"}
    wire.config(Config.Operation(unset=Config.Unset(keys=[KEY])))
    assert pairs(wire.config(Config.Operation(get=Config.Get(keys=[KEY])))) == {KEY: "200"}


def test_config_get_with_default(wire):
    asked = [base.KeyValue(key=KEY, value="9"), base.KeyValue(key="no.such.key", value="mine")]
    answer = wire.config(Config.Operation(get_with_default=Config.GetWithDefault(pairs=asked)))
    assert pairs(answer) == {KEY: "9", "no.such.key": "mine"}
    wire.config(Config.Operation(set=Config.Set(pairs=[base.KeyValue(key=KEY, value="4")])))
    answer = wire.config(Config.Operation(get_with_default=Config.GetWithDefault(pairs=asked[:1])))
    assert pairs(answer) == {KEY: "4"}


def test_config_get_option(wire):
    answer = wire.config(Config.Operation(get_option=Config.GetOption(keys=["no.such.key", KEY])))
    assert pairs(answer)["no.such.key"] is None


def test_config_get_all_by_prefix(wire):
    wire.config(Config.Operation(set=Config.Set(pairs=[base.KeyValue(key="my.own.key", value="x")])))
    assert pairs(wire.config(Config.Operation(get_all=Config.GetAll(prefix="my.own.")))) == {"key": "x"}
    everything = pairs(wire.config(Config.Operation(get_all=Config.GetAll())))
    assert everything["my.own.key"] == "x"


def test_config_is_modifiable(wire):
    keys = [KEY, "spark.sql.warehouse.dir", "no.such.key"]
    answer = wire.config(Config.Operation(is_modifiable=Config.IsModifiable(keys=keys)))
    assert pairs(answer) == {KEY: "true", "spark.sql.warehouse.dir": "false", "no.such.key": "false"}


def test_config_missing_key(wire):
    with pytest.raises(grpc.RpcError) as caught:
        wire.config(Config.Operation(get=Config.Get(keys=["spark.sql.no.such.key"])))
    assert condition(caught.value) == "SQL_CONF_NOT_FOUND"


def test_config_of_a_static_key(wire):
    with pytest.raises(grpc.RpcError):
        wire.config(Config.Operation(set=Config.Set(pairs=[base.KeyValue(key="spark.sql.warehouse.dir", value="/x")])))


def test_config_is_not_shared_between_sessions(wire):
    wire.config(Config.Operation(set=Config.Set(pairs=[base.KeyValue(key=KEY, value="6")])))
    with wire.with_new_session() as other:
        assert pairs(other.config(Config.Operation(get=Config.Get(keys=[KEY])))) == {KEY: "200"}


# ---------------------------------------------------------------- AnalyzePlan

PLAN = sql_plan("SELECT 1 AS one, 'x' AS word")
Analyze = base.AnalyzePlanRequest


def test_analyze_schema(wire):
    schema = wire.analyze(schema=Analyze.Schema(plan=PLAN)).schema.schema
    assert [f.name for f in schema.struct.fields] == ["one", "word"]


@pytest.mark.parametrize("mode", [1, 2, 3, 4, 5])
def test_analyze_explain(wire, mode):
    text = wire.analyze(explain=Analyze.Explain(plan=PLAN, explain_mode=mode)).explain.explain_string
    assert "==" in text or mode == 3


def test_analyze_tree_string(wire):
    text = wire.analyze(tree_string=Analyze.TreeString(plan=PLAN)).tree_string.tree_string
    assert text == "root\n |-- one: integer (nullable = false)\n |-- word: string (nullable = false)\n"


def test_analyze_flags(wire):
    assert wire.analyze(is_streaming=Analyze.IsStreaming(plan=PLAN)).is_streaming.is_streaming is False
    assert isinstance(wire.analyze(is_local=Analyze.IsLocal(plan=PLAN)).is_local.is_local, bool)


def test_analyze_spark_version(wire):
    assert wire.analyze(spark_version=Analyze.SparkVersion()).spark_version.version == "3.5.7"


def test_analyze_ddl(wire):
    parsed = wire.analyze(ddl_parse=Analyze.DDLParse(ddl_string="a INT NOT NULL, b ARRAY<STRING>")).ddl_parse.parsed
    assert [f.name for f in parsed.struct.fields] == ["a", "b"]
    assert [f.nullable for f in parsed.struct.fields] == [False, True]


def test_analyze_input_files(wire, tmp_path):
    wire.run(f"CREATE OR REPLACE TEMP VIEW nothing_yet AS SELECT 1")
    assert list(wire.analyze(input_files=Analyze.InputFiles(plan=PLAN)).input_files.files) == []


def test_analyze_semantics(wire):
    same = wire.analyze(same_semantics=Analyze.SameSemantics(target_plan=PLAN, other_plan=PLAN))
    assert same.same_semantics.result is True
    other = wire.analyze(same_semantics=Analyze.SameSemantics(target_plan=PLAN, other_plan=sql_plan("SELECT 2 AS two")))
    assert other.same_semantics.result is False
    one = wire.analyze(semantic_hash=Analyze.SemanticHash(plan=PLAN)).semantic_hash.result
    assert one == wire.analyze(semantic_hash=Analyze.SemanticHash(plan=PLAN)).semantic_hash.result


def test_analyze_persist(wire):
    relation = relations.Relation(range=relations.Range(end=10, step=1))
    wire.analyze(persist=Analyze.Persist(relation=relation))
    level = wire.analyze(get_storage_level=Analyze.GetStorageLevel(relation=relation)).get_storage_level.storage_level
    assert level.use_memory
    wire.analyze(unpersist=Analyze.Unpersist(relation=relation, blocking=True))
    level = wire.analyze(get_storage_level=Analyze.GetStorageLevel(relation=relation)).get_storage_level.storage_level
    assert not level.use_memory


def test_analyze_nothing_is_refused(wire):
    with pytest.raises(grpc.RpcError):
        wire.analyze()
    assert wire.query("SELECT 1 AS a") == [{"a": 1}]


def test_analyze_of_a_mistake(wire):
    with pytest.raises(grpc.RpcError) as caught:
        wire.analyze(schema=Analyze.Schema(plan=sql_plan("SELECT nothing")))
    assert condition(caught.value) == "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION"


# ---------------------------------------------------------------- artifacts


def test_artifacts_arrive_and_are_known(wire):
    name = "cache/" + "ab" * 32
    assert wire.artifact_exists(name) is False
    assert wire.add_artifact(name, b"some bytes") == {name: True}
    assert wire.artifact_exists(name) is True
    with wire.with_new_session() as other:
        assert other.artifact_exists(name) is False


def test_an_artifact_with_a_wrong_checksum_is_not_kept(wire):
    name = "cache/" + "cd" * 32
    try:
        assert wire.add_artifact(name, b"some bytes", crc=1) == {name: False}
    except grpc.RpcError as error:
        assert error.code() != grpc.StatusCode.UNAVAILABLE
    assert wire.artifact_exists(name) is False


def test_an_artifact_cannot_leave_its_directory(wire):
    with pytest.raises(grpc.RpcError):
        wire.add_artifact("files/../../../outside", b"x")


# ---------------------------------------------------------------- errors


def test_an_error_carries_its_condition(wire):
    with pytest.raises(grpc.RpcError) as caught:
        wire.query("SELECT * FROM not_there")
    info = error_info(caught.value)
    assert info["errorClass"] == "TABLE_OR_VIEW_NOT_FOUND"
    assert info["sqlState"] == "42P01"
    assert metadata_parameters(caught.value) == {"relationName": "`not_there`"}
    assert "org.apache.spark.sql.AnalysisException" in json.loads(info["classes"])


def test_error_details_can_be_fetched(wire):
    with pytest.raises(grpc.RpcError) as caught:
        wire.query("SELECT id,\n  unknown_one FROM range(1)")
    details = wire.error_details(error_info(caught.value)["errorId"])
    root = details.errors[details.root_error_idx]
    thrown = root.spark_throwable
    assert thrown.error_class == "UNRESOLVED_COLUMN.WITH_SUGGESTION"
    assert thrown.sql_state == "42703"
    assert thrown.message_parameters["objectName"] == "`unknown_one`"
    [context] = thrown.query_contexts
    assert (context.fragment, context.start_index, context.stop_index) == ("unknown_one", 13, 23)


def test_error_details_of_an_unknown_error(wire):
    wire.query("SELECT 1")
    answer = wire.error_details(str(uuid.uuid4()))
    assert len(answer.errors) == 0


# ---------------------------------------------------------------- sessions


def test_a_released_session_is_closed(wire):
    wire.run("CREATE TEMP VIEW kept AS SELECT 1 AS a")
    wire.release_session()
    with pytest.raises(grpc.RpcError) as caught:
        wire.query("SELECT * FROM kept")
    assert condition(caught.value) == "INVALID_HANDLE.SESSION_NOT_FOUND"


def test_temporary_views_belong_to_their_session(wire):
    wire.run("CREATE TEMP VIEW mine AS SELECT 1 AS a")
    with wire.with_new_session() as other, pytest.raises(grpc.RpcError) as caught:
        other.query("SELECT * FROM mine")
    assert condition(caught.value) == "TABLE_OR_VIEW_NOT_FOUND"


def test_many_sessions_at_once(wire):
    import concurrent.futures

    def work(number):
        with wire.with_new_session() as one:
            one.run(f"CREATE TEMP VIEW v AS SELECT {number} AS n")
            return one.query("SELECT n + (SELECT count(*) FROM range(1000)) AS n FROM v")[0]["n"]

    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        assert list(pool.map(work, range(48))) == [n + 1000 for n in range(48)]
