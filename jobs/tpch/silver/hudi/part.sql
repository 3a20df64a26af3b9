-- bronze part → a Hudi (copy-on-write) table at ${silver}/part. Variables: bronze, silver, database, compression.
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.part;
CREATE TABLE ${database}.part
USING hudi
TBLPROPERTIES (
  type = 'cow',
  primaryKey = 'p_partkey',
  'hoodie.write.table.version' = '6',
  'hoodie.parquet.compression.codec' = '${compression}'
)
LOCATION '${silver}/part'
AS SELECT * FROM parquet.`${bronze}/part.parquet`;
