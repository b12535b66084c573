@echo off
rem Wherry's client for Windows; the server runs on Linux. "wherry help" says more.
rem
rem WHERRY_JAVA_HOME  the Java to use (25 or newer); else JAVA_HOME, else the one on the path
rem WHERRY_JAVA_OPTS  more options for it, which win over those below
setlocal DisableDelayedExpansion

set "app=%~dp0.."
set "java=java.exe"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
if defined WHERRY_JAVA_HOME set "java=%WHERRY_JAVA_HOME%\bin\java.exe"

rem An older Java would only say something about a class file version.
"%java%" --version >nul 2>&1
if errorlevel 1 goto missing
for /f "tokens=2 delims=. " %%v in ('call "%java%" --version 2^>nul') do (
    if %%v geq 25 goto found
    goto missing
)

:missing
echo wherry: needs Java 25 or newer: install it (https://adoptium.net), or set WHERRY_JAVA_HOME to where it is 1>&2
exit /b 1

:found
if /i "%~1"=="serve" (
    echo wherry: the server runs on Linux; here are only the commands that use one 1>&2
    exit /b 2
)
"%java%" --enable-native-access=ALL-UNNAMED -Xms16m -Xmx512m -XX:+UseSerialGC -Xshare:auto -XX:-UsePerfData %WHERRY_JAVA_OPTS% "-Dwherry.home=%app%" -jar "%app%\lib\wherry.jar" %*
exit /b %errorlevel%
