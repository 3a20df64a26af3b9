"""Two frames → one: every kind of join."""
from harness import step


@step
def inner_on_a_name(t):
    return t.pets().join(t.visits().withColumnRenamed("pet", "id"), "id")


@step
def inner_on_names(t):
    left = t.spark.sql("SELECT * FROM VALUES (1, 'a', 10), (1, 'b', 20), (2, 'a', 30) AS l(k, j, x)")
    right = t.spark.sql("SELECT * FROM VALUES (1, 'a', 1.5), (2, 'b', 2.5) AS r(k, j, y)")
    return left.join(right, ["k", "j"])


@step
def inner_on_a_condition(t):
    pets, visits = t.pets(), t.visits()
    return pets.join(visits, pets.id == visits.pet).select(pets.id, visits.day)


@step
def inner_on_a_list_of_conditions(t):
    pets, visits = t.pets(), t.visits()
    return pets.join(visits, [pets.id == visits.pet, visits.fee > 30])


@step
def left(t):
    pets, visits = t.pets(), t.visits()
    return pets.join(visits, pets.id == visits.pet, "left")


@step
def right_using_a_name(t):
    return t.pets().join(t.visits().withColumnRenamed("pet", "id"), "id", "right")


@step
def full_using_a_name(t):
    return t.pets().join(t.visits().withColumnRenamed("pet", "id"), "id", "full")


@step
def outer_on_a_condition(t):
    pets, visits = t.pets(), t.visits()
    return pets.join(visits, pets.id == visits.pet, "outer")


@step
def semi(t):
    pets, visits = t.pets(), t.visits()
    return pets.join(visits, pets.id == visits.pet, "left_semi")


@step
def anti(t):
    pets, visits = t.pets(), t.visits()
    return pets.join(visits, pets.id == visits.pet, "left_anti")


@step
def spellings_of_the_kind(t):
    pets, visits = t.pets(), t.visits().withColumnRenamed("pet", "id")
    kinds = ["inner", "cross", "outer", "fullouter", "full_outer", "leftouter", "left_outer", "rightouter",
             "right_outer", "semi", "leftsemi", "anti", "leftanti"]  # fmt: skip
    return {kind: pets.join(visits, "id", kind).count() for kind in kinds}


@step
def cross(t):
    return t.spark.range(2).crossJoin(t.spark.range(2).withColumnRenamed("id", "other"))


@step
def without_a_condition(t):
    return t.spark.range(2).join(t.spark.range(3).withColumnRenamed("id", "other"))


@step
def on_an_inequality(t):
    a = t.spark.range(4).alias("a")
    b = t.spark.range(4).alias("b")
    return a.join(b, t.F.col("a.id") < t.F.col("b.id"), "left").select("a.id", t.F.col("b.id").alias("above"))


@step
def null_safe(t):
    visits = t.visits()
    keys = t.spark.sql("SELECT * FROM VALUES (1), (NULL) AS k(key)")
    return visits.join(keys, visits.pet.eqNullSafe(keys.key)).select("pet", "day")


@step
def with_itself(t):
    pets = t.pets()
    a, b = pets.alias("a"), pets.alias("b")
    c = t.F.col
    return a.join(b, (c("a.kind") == c("b.kind")) & (c("a.id") < c("b.id"))).select("a.name", "b.name", "a.kind")


@step
def of_an_unknown_kind(t):
    return t.pets().join(t.visits(), t.F.lit(True), "sideways")


@step
def using_a_name_that_is_missing(t):
    return t.pets().join(t.visits(), "id")


@step
def keys_of_different_types(t):
    words = t.spark.sql("SELECT * FROM VALUES ('1', 'uno'), ('2', 'dos'), ('x', 'none') AS w(id, word)")
    return t.pets().select("id", "name").join(words, "id")


@step
def with_a_broadcast_hint(t):
    return t.pets().join(t.F.broadcast(t.visits().withColumnRenamed("pet", "id")), "id").select("id", "fee")


@step
def hint_on_a_frame(t):
    return t.pets().join(t.visits().withColumnRenamed("pet", "id").hint("merge"), "id").select("id")


@step
def three_frames(t):
    kinds = t.spark.sql("SELECT * FROM VALUES ('cat', 4), ('dog', 4), ('bird', 2) AS k(kind, legs)")
    joined = t.pets().join(kinds, "kind").join(t.visits().withColumnRenamed("pet", "id"), "id", "left")
    return joined.groupBy("legs").agg(t.F.count("*").alias("n"), t.F.sum("fee").alias("fees"))


@step
def self_join_of_an_aggregate(t):
    totals = t.pets().groupBy("kind").agg(t.F.avg("weight").alias("mean"))
    return t.pets().join(totals, "kind").select("id", (t.F.col("weight") - t.F.col("mean")).alias("off"))


@step
def sql_spellings(t):
    t.pets().createOrReplaceTempView("p")
    t.visits().createOrReplaceTempView("v")
    return {
        "natural": t.spark.sql("SELECT count(*) FROM p NATURAL JOIN (SELECT pet AS id FROM v)").collect(),
        "using": t.spark.sql("SELECT count(*) FROM p FULL JOIN (SELECT pet AS id FROM v) USING (id)").collect(),
        "semi": t.spark.sql("SELECT count(*) FROM p LEFT SEMI JOIN v ON id = pet").collect(),
        "anti": t.spark.sql("SELECT count(*) FROM p ANTI JOIN v ON id = pet").collect(),
        "cross": t.spark.sql("SELECT count(*) FROM p CROSS JOIN v").collect(),
        "comma": t.spark.sql("SELECT count(*) FROM p, v WHERE id = pet").collect(),
        "lateral": t.spark.sql("SELECT count(*) FROM p, LATERAL (SELECT * FROM v WHERE pet = id)").collect(),
    }
