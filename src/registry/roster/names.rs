//! What the columns of rosters are called, in English and other languages.
//!
//! Accents, capitals, spaces and signs do not matter. A word that means two things in two languages stands where the other
//! columns decide, or nowhere.

use super::columns::Field;

impl Field {
    /// What columns with it are called.
    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        let names = match self {
            Self::Number => NUMBER,
            Self::Name => NAME,
            Self::FirstName => FIRST_NAME,
            Self::LastName => LAST_NAME,
            Self::Email => EMAIL,
            Self::Department => DEPARTMENT,
            Self::Manager => MANAGER,
            Self::Role => ROLE,
            Self::Employment => EMPLOYMENT,
            Self::Hired => HIRED,
            Self::Leaves => LEAVES,
            Self::Status => STATUS,
        };
        names.split(',').map(str::trim)
    }
}

const NUMBER: &str = "number, employee number, employee no, employee id, emp no, emp id, id, personnel number, \
    personnel no, staff number, staff no, staff id, worker id, person number, Personalnummer, Personalnr, \
    Pers.-Nr., Mitarbeiternummer, Mitarbeiter-Nr., Mitarbeiter-ID, MA-Nr., matricule, n° matricule, \
    numéro matricule, numéro d'employé, numéro employé, numéro de salarié, numéro salarié, número de empleado, \
    nº empleado, nº de empleado, id de empleado, código de empleado, número de personal, número de nómina, \
    legajo, matricola, numero dipendente, matrícula, número do funcionário, personeelsnummer, \
    medewerkersnummer, numer pracownika, nr pracownika, anställningsnummer, medarbejdernummer, ansattnummer, \
    osobní číslo, табельный номер, 工号, 员工编号, 員工編號, 社員番号, 職員番号, 従業員番号, 사번, 직원번호, الرقم الوظيفي, מספר עובד";

const NAME: &str = "name, full name, display name, employee name, Vor- und Nachname, Vorname Nachname, \
    Nachname Vorname, Name Vorname, vollständiger Name, Mitarbeiter, Mitarbeitername, nom complet, \
    nom et prénom, nom prénom, prénom et nom, prénom nom, nombre completo, nombre y apellidos, \
    nombre y apellido, apellidos y nombre, nome completo, nome e cognome, volledige naam, naam, \
    imię i nazwisko, namn, navn, ФИО, 姓名, 氏名, 성명, 이름, الاسم, שם מלא";

const FIRST_NAME: &str = "first name, forename, given name, Vorname, prénom, prénoms, nombre, nombres, nome, \
    voornaam, imię, förnamn, fornavn, имя, 名";

const LAST_NAME: &str = "last name, surname, family name, Nachname, Familienname, Zuname, nom, nom de famille, apellidos, apellido, \
    cognome, sobrenome, apelido, achternaam, nazwisko, efternamn, etternavn, efternavn, фамилия, 姓, 姓氏";

const EMAIL: &str = "email, e-mail address, mail, work email, business email, E-Mail-Adresse, Mailadresse, \
    dienstliche E-Mail, courriel, adresse e-mail, adresse mail, adresse électronique, e-mail professionnel, \
    correo electrónico, correo, dirección de correo, dirección de correo electrónico, correo corporativo, \
    indirizzo e-mail, endereço de e-mail, e-mailadres, adres e-mail, e-post, электронная почта, почта, 邮箱, \
    电子邮件, 電子郵件, メールアドレス, メール, 이메일, البريد الإلكتروني, דואר אלקטרוני";

const DEPARTMENT: &str = "department, dept, division, org unit, Abteilung, Bereich, département, service, departamento, reparto, \
    dipartimento, setor, afdeling, dział, avdelning, avdeling, отдел, подразделение, 部门, 部門, 部署, 부서, القسم, \
    מחלקה";

const MANAGER: &str = "manager, line manager, supervisor, reports to, manager name, Vorgesetzter, Vorgesetzte, \
    Führungskraft, direkter Vorgesetzter, responsable, supérieur, supérieur hiérarchique, \
    responsable hiérarchique, N+1, jefe, jefa, jefe directo, jefe inmediato, superior, gerente, responsabile, \
    gestor, leidinggevende, przełożony, chef, leder, руководитель, 经理, 主管, 上司, 상사, المدير";

const ROLE: &str = "role, job title, position, job, Funktion, Rolle, Stelle, Stellenbezeichnung, \
    Berufsbezeichnung, Jobtitel, poste, intitulé du poste, intitulé de poste, fonction, puesto, \
    puesto de trabajo, función, cargo, mansione, ruolo, função, functie, stanowisko, befattning, stilling, \
    должность, 职位, 職位, 役職, 직책, 직위, المسمى الوظيفي, תפקיד";

const EMPLOYMENT: &str = "employment, employment type, employee type, worker type, contract type, contract, \
    Beschäftigung, Beschäftigungsart, Beschäftigungsverhältnis, Anstellung, Anstellungsart, \
    Anstellungsverhältnis, Arbeitsverhältnis, Vertragsart, Vertragstyp, type de contrat, nature du contrat, \
    type d'emploi, contrat, tipo de contrato, tipo de contratación, tipo de empleo, contrato, relación laboral, \
    tipo di contratto, contracttype, rodzaj umowy, anställningsform, тип занятости, 用工类型, 雇用形態, 고용형태";

const HIRED: &str = "hired, hire date, start date, date of hire, date hired, joined, joining date, entry date, \
    Eintritt, Eintrittsdatum, Einstellungsdatum, beschäftigt seit, date d'embauche, date d'entrée, \
    date d'arrivée, date de début, fecha de ingreso, fecha ingreso, fecha de alta, fecha alta, \
    fecha de contratación, fecha de incorporación, fecha de inicio, data di assunzione, data de admissão, \
    datum in dienst, indiensttreding, data zatrudnienia, anställningsdatum, ansættelsesdato, дата приема, 入职日期, \
    到職日, 入社日, 입사일, تاريخ التعيين";

const LEAVES: &str = "leaves, leave date, leaving date, end date, termination date, last day, exit date, \
    Austritt, Austrittsdatum, letzter Arbeitstag, date de départ, date de sortie, date de fin, dernier jour, \
    fecha de baja, fecha baja, fecha de salida, fecha de cese, fecha de fin, último día, data di cessazione, \
    data de desligamento, datum uit dienst, uitdiensttreding, data zwolnienia, slutdatum, дата увольнения, \
    离职日期, 離職日, 退職日, 퇴사일";

const STATUS: &str = "status, employment status, employee status, Beschäftigungsstatus, Mitarbeiterstatus, \
    statut, état, estado, estatus, estado laboral, situación, situación laboral, stato, situação, статус, 状态, \
    狀態, 在籍状況, 상태, 재직상태, الحالة";
