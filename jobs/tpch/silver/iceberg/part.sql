-- bronze part → an Iceberg table at ${silver}/part. Variables: bronze, silver, database, catalog, compression.
CREATE DATABASE IF NOT EXISTS ${catalog}.${database};
DROP TABLE IF EXISTS ${catalog}.${database}.part;
CREATE TABLE ${catalog}.${database}.part
USING iceberg
TBLPROPERTIES ('write.parquet.compression-codec' = '${compression}')
LOCATION '${silver}/part'
AS SELECT * FROM parquet.`${bronze}/part.parquet`;
