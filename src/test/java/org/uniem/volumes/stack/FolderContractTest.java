package org.uniem.volumes.stack;

import org.uniem.volumes.FormatContract;

class FolderContractTest extends FormatContract {

  @Override
  protected String ending() {
    return "";
  }
}
