-- bronze part → a Delta table at ${silver}/part. Variables: bronze, silver, database.
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.part;
CREATE TABLE ${database}.part
USING delta
LOCATION '${silver}/part'
AS SELECT * FROM parquet.`${bronze}/part.parquet`;
