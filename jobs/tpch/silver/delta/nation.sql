-- bronze nation → a Delta table at ${silver}/nation. Variables: bronze, silver, database, compression.
SET spark.sql.parquet.compression.codec = ${compression};
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.nation;
CREATE TABLE ${database}.nation
USING delta
LOCATION '${silver}/nation'
AS SELECT * FROM parquet.`${bronze}/nation.parquet`;
