package org.uniem.volumes.omezarr;

import org.uniem.volumes.omezarr.OmeZarrOptions.Version;

class OmeZarr05ContractTest extends OmeZarrContract {

  @Override
  Version version() {
    return Version.V0_5;
  }
}
