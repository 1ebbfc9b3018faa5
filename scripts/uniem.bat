@echo off
rem Runs a command of UNI-EM without Fiji: scripts\uniem <command> name=value ...
rem Builds what is missing or older than its sources. Java options: set UNIEM_JAVA_OPTS=-Xmx8g
setlocal
for %%I in ("%~dp0..") do set "UNIEM_HOME=%%~fI"
set "BUILT=%UNIEM_HOME%\target\cli\built"
set "UNIEM_JAVA=java"
if defined JAVA_HOME set "UNIEM_JAVA=%JAVA_HOME%\bin\java"

set "VERSION=0"
for /f "tokens=3" %%v in ('""%UNIEM_JAVA%" -version 2>&1" ^| findstr /i /c:" version "') do set "VERSION=%%~v"
for /f "delims=.-+" %%m in ("%VERSION%") do set "MAJOR=%%m"
if %MAJOR% LSS 17 (
  echo UNI-EM needs a JDK of version 17 or later: install one, for example from https://adoptium.net, and set JAVA_HOME to it. 1>&2
  exit /b 1
)

set "CLASSES=%UNIEM_HOME%\target\classes;%UNIEM_HOME%\target\cli\lib\*"
if exist "%UNIEM_HOME%\lib\uni-em.jar" (
  rem A release: nothing to build.
  set "CLASSES=%UNIEM_HOME%\lib\*"
  goto start
)

powershell -NoProfile -Command "if (-not (Test-Path '%BUILT%')) { exit 1 }; $t = (Get-Item '%BUILT%').LastWriteTime; if (Get-ChildItem -Recurse -File '%UNIEM_HOME%\src\main', '%UNIEM_HOME%\models', '%UNIEM_HOME%\test-data', '%UNIEM_HOME%\pom.xml' | Where-Object { $_.LastWriteTime -gt $t }) { exit 1 }"
if errorlevel 1 (
  echo Building UNI-EM; the first time this takes two minutes or so, most of it for downloading libraries ... 1>&2
  if not exist "%UNIEM_HOME%\target\cli" mkdir "%UNIEM_HOME%\target\cli"
  call mvn -q -B -Dstyle.color=never -f "%UNIEM_HOME%\pom.xml" -DskipTests -Dspotless.check.skip=true compile dependency:copy-dependencies -DincludeScope=runtime "-DoutputDirectory=%UNIEM_HOME%\target\cli\lib" 1>&2
  if errorlevel 1 exit /b 1
  echo built> "%BUILT%"
)

:start
if not defined TF_CPP_MIN_LOG_LEVEL set TF_CPP_MIN_LOG_LEVEL=3
"%UNIEM_JAVA%" -Dfile.encoding=UTF-8 -Djava.awt.headless=true -Dorg.bytedeco.javacpp.maxphysicalbytes=0 "-Duniem.home=%UNIEM_HOME%" %UNIEM_JAVA_OPTS% -cp "%CLASSES%" org.uniem.commands.UniEm %*
