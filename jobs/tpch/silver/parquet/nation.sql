-- bronze nation → a Parquet table at ${silver}/nation. Variables: bronze, silver, database, compression.
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.nation;
CREATE TABLE ${database}.nation
USING parquet
OPTIONS (compression = '${compression}')
LOCATION '${silver}/nation'
AS SELECT * FROM parquet.`${bronze}/nation.parquet`;
