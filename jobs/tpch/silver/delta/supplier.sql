-- bronze supplier → a Delta table at ${silver}/supplier. Variables: bronze, silver, database, compression.
SET spark.sql.parquet.compression.codec = ${compression};
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.supplier;
CREATE TABLE ${database}.supplier
USING delta
LOCATION '${silver}/supplier'
AS SELECT * FROM parquet.`${bronze}/supplier.parquet`;
