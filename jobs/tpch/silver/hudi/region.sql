-- bronze region → a Hudi (copy-on-write) table at ${silver}/region. Variables: bronze, silver, database, compression.
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.region;
CREATE TABLE ${database}.region
USING hudi
TBLPROPERTIES (
  type = 'cow',
  primaryKey = 'r_regionkey',
  'hoodie.write.table.version' = '6',
  'hoodie.parquet.compression.codec' = '${compression}'
)
LOCATION '${silver}/region'
AS SELECT * FROM parquet.`${bronze}/region.parquet`;
