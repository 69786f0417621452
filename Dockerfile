# One image for worker, intake and command line: the command says which.
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -q -B -ntp -Dmaven.test.skip=true package

FROM eclipse-temurin:25-jre
RUN useradd --uid 10001 --create-home pm
COPY --from=build /src/benchmarks/target/pm/lib /opt/pm/lib
USER 10001
WORKDIR /home/pm
ENTRYPOINT ["java", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20", "--enable-native-access=ALL-UNNAMED", "-cp", "/opt/pm/lib/*", "org.positionmanager.starter.Pm"]
CMD ["--help"]
